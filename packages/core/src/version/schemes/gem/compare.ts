import { isDigit, order, orderDigits } from '../../shared/order.ts';

/** RubyGems refuses nothing for its length; real versions are far shorter, and what is longer decides only between equals. */
const LIMIT = 512;

/**
 * `Gem::Version`'s order: segments by turns, numbers after words, words by their characters, missing segments zero. Zeros before the first
 * word and at the end say nothing. https://github.com/rubygems/rubygems/blob/master/lib/rubygems/version.rb
 */
export function compareGem(a: string, b: string): -1 | 0 | 1 {
  const [x, y] = [segmentsOf(a), segmentsOf(b)];
  for (let i = 0; i < x.length || i < y.length; i += 1) {
    const found = compareSegment(x[i] ?? '0', y[i] ?? '0');
    if (found !== 0) return found;
  }
  return order(a.slice(LIMIT), b.slice(LIMIT));
}

/** Whether RubyGems would take it; like it, with spaces around, and nothing at all for 0. */
export function isGemVersion(version: string): boolean {
  const text = version.length > LIMIT ? version : version.trim();
  return text === '' ? version.length <= LIMIT : /^\d+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/.test(text);
}

function compareSegment(x: string, y: string): -1 | 0 | 1 {
  const numeric = isDigit(x[0]);
  if (numeric !== isDigit(y[0])) return numeric ? 1 : -1;
  return numeric ? orderDigits(x, y) : order(x, y);
}

function segmentsOf(version: string): readonly string[] {
  const all =
    version
      .slice(0, LIMIT)
      .replaceAll('-', '.pre.')
      .match(/\d+|[A-Za-z]+/g) ?? [];
  const word = all.findIndex((segment) => !isDigit(segment[0]));
  if (word === -1) return all;
  let end = word;
  while (end > 0 && /^0+$/.test(all[end - 1] ?? '')) end -= 1;
  return [...all.slice(0, end), ...all.slice(word)];
}
