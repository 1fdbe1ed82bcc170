import { isDigit, order, orderDigits } from '../../shared/order.ts';
import { BEFORE_RELEASE, RELEASE } from './words.data.ts';

/** What is longer decides only between equals. */
const LIMIT = 256;

const RANKS: ReadonlyMap<string, number> = new Map(BEFORE_RELEASE.flatMap((words, rank) => words.map((word) => [word, rank] as const)));
const END = BEFORE_RELEASE.length;
const WORD = END + 1;
const REVISION = END + 2;
const NUMBER = END + 3;

interface Part {
  /** Which is the older where versions part: a word before a release by its rank, `END` and what follows it. */
  readonly rank: number;
  /** Digits, or a word in lower case. */
  readonly text: string;
}

/** A natural order of the versions of programs: numbers by value, words before and after a release where they belong. */
export function compareGeneric(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  const [x, y] = [partsOf(a.slice(0, LIMIT)), partsOf(b.slice(0, LIMIT))];
  for (let i = 0; i < x.length || i < y.length; i += 1) {
    const found = order(x[i]?.rank ?? END, y[i]?.rank ?? END) || compareText(x[i], y[i]);
    if (found !== 0) return found;
  }
  return order(a.slice(LIMIT), b.slice(LIMIT));
}

/** Whether it looks like a version of a program: a digit, after at most a name. */
export function isGenericVersion(version: string): boolean {
  return version.length <= LIMIT && /^(?:[A-Za-z][A-Za-z_-]*)?\d[\w.+:~-]*$/.test(version);
}

function compareText(x: Part | undefined, y: Part | undefined): -1 | 0 | 1 {
  if (!x || !y || x.rank < END) return 0;
  return x.rank === WORD ? order(x.text, y.text) : orderDigits(x.text, y.text);
}

function partsOf(version: string): readonly Part[] {
  const start = Math.max(version.search(/\d/), 0);
  const parts: Part[] = [];
  let wordBefore = false;
  for (const found of version
    .slice(start)
    .toLowerCase()
    .matchAll(/([^a-z\d]*)([a-z]+|\d+)/g)) {
    const [, separator = '', text = ''] = found;
    const next = version[start + found.index + separator.length + text.length];
    if (isDigit(text[0])) {
      // A number belongs to the word it stands behind: `rc1`, `rc.1` and `rc-1` are the same.
      parts.push({ rank: !wordBefore && /[-+]$/.test(separator) ? REVISION : NUMBER, text });
      wordBefore = false;
    } else if (!RELEASE.includes(text)) {
      parts.push({ rank: rankOf(text, separator === '' && parts.length > 0, isDigit(next)), text });
      wordBefore = true;
    }
  }
  return withoutZeros(parts);
}

function rankOf(word: string, afterDigit: boolean, beforeDigit: boolean): number {
  if (word.length === 1 && !beforeDigit) return WORD;
  if (afterDigit && word === 'a') return RANKS.get('alpha') ?? WORD;
  if (afterDigit && word === 'b') return RANKS.get('beta') ?? WORD;
  return RANKS.get(word) ?? WORD;
}

/** Zeros say nothing before the end and before words and revisions; the first number stays, to be after what is no version. */
function withoutZeros(parts: readonly Part[]): readonly Part[] {
  const kept: Part[] = [];
  let mayDrop = true;
  for (const part of parts.toReversed()) {
    if (mayDrop && part !== parts[0] && part.rank >= REVISION && /^0+$/.test(part.text)) continue;
    mayDrop = part.rank !== NUMBER;
    kept.push(part);
  }
  return kept.reverse();
}
