import { isDigit, order, orderDigits } from '../../shared/order.ts';

/** What is longer is compared no further than by its characters. */
const LIMIT = 256;

const SUFFIX = String.raw`[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)([.-]?\d+(?:[.-]\d+)*)?)?([.-]?dev)?$`;
const CLASSIC = new RegExp(String.raw`^v?(\d{1,5})(\.\d+)?(\.\d+)?(\.\d+)?${SUFFIX}`, 'i');
const DATED = new RegExp(String.raw`^v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3})?)${SUFFIX}`, 'i');
const BRANCH = /^v?(\d+)(\.(?:\d+|[x*]))?(\.(?:\d+|[x*]))?(\.(?:\d+|[x*]))?[.-]?dev$/i;

/** Words by their beginnings, as PHP knows them. What it does not know is before all of them, and equal among itself. */
const WORDS = [
  ['dev', 1],
  ['a', 2],
  ['b', 3],
  ['rc', 4],
  ['p', 7],
] as const;
const END = 5;
const NUMBER = 6;

/**
 * The order of composer/semver: four numbers, dev < alpha < beta < RC < stable < patch, then their numbers. Branches by name are before all numbers.
 * https://getcomposer.org/doc/articles/versions.md
 */
export function compareComposer(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  const [x, y] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < x.length || i < y.length; i += 1) {
    const found = order(rankOf(x[i]), rankOf(y[i])) || (isDigit(x[i]?.[0]) ? orderDigits(x[i] ?? '0', y[i] ?? '0') : 0);
    if (found !== 0) return found;
  }
  return order(a.slice(LIMIT), b.slice(LIMIT));
}

/** Whether Composer would take it. */
export function isComposerVersion(version: string): boolean {
  return version.length <= LIMIT && normalize(version) !== undefined;
}

/** PHP's parts of a version: runs of digits and of letters. */
function partsOf(version: string): readonly string[] {
  const text = version.slice(0, LIMIT);
  return (normalize(text) ?? text).match(/\d+|[A-Za-z]+/g) ?? [];
}

function rankOf(part: string | undefined): number {
  if (part === undefined) return END;
  if (isDigit(part[0])) return NUMBER;
  const word = part.toLowerCase();
  return WORDS.find(([beginning]) => word.startsWith(beginning))?.[1] ?? 0;
}

/** What composer/semver's VersionParser::normalize makes of a version: `v1.2b1` becomes `1.2.0.0-beta1`; undefined where it would throw. */
function normalize(version: string): string | undefined {
  const bare = version
    .trim()
    .replace(/^([^,\s]+) +as +[^,\s]+$/, '$1')
    .replace(/@(?:stable|rc|beta|alpha|dev)$/i, '');
  if (['master', 'trunk', 'default'].includes(bare)) return `dev-${bare}`;
  if (/^dev-/i.test(bare)) return bare;
  const text = bare.replace(/^([^,\s+]+)\+\S+$/, '$1');
  const classic = CLASSIC.exec(text);
  if (classic) {
    const [, major = '', minor = '.0', patch = '.0', fourth = '.0', ...suffix] = classic;
    return `${major}${minor}${patch}${fourth}${suffixOf(suffix)}`;
  }
  const dated = DATED.exec(text);
  if (dated) return `${(dated[1] ?? '').replace(/\D/g, '.')}${suffixOf(dated.slice(2))}`;
  const branch = BRANCH.exec(text);
  if (!branch) return undefined;
  // A branch of numbers is after all its releases.
  const numbers = branch.slice(1, 5).map((part) => (part === undefined || /[x*]/i.test(part) ? '9999999' : part.replace('.', '')));
  return `${numbers.join('.')}-dev`;
}

function suffixOf([word, number = '', dev]: readonly (string | undefined)[]): string {
  const stability = word?.toLowerCase();
  if (stability === 'stable') return '';
  return `${stability === undefined ? '' : `-${stability}${number.replace(/^[.-]/, '')}`}${dev === undefined ? '' : '-dev'}`;
}
