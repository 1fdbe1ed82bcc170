import { order, orderDigits } from '../../shared/order.ts';
import { type MavenItem, type MavenVersion, parseMaven } from './parse.ts';

/** What is longer decides only between equals: nobody publishes such a version. */
const LIMIT = 512;

const RELEASE = 5;
const OTHER_WORD = 7;
const RANKS: ReadonlyMap<string, number> = new Map([
  ['alpha', 0],
  ['beta', 1],
  ['milestone', 2],
  ['rc', 3],
  ['cr', 3],
  ['snapshot', 4],
  ['ga', RELEASE],
  ['final', RELEASE],
  ['release', RELEASE],
  ['sp', 6],
]);

/** The order of Maven's ComparableVersion: https://maven.apache.org/pom.html#version-order-specification */
export function compareMaven(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  return compareLists(parseMaven(a.slice(0, LIMIT)), parseMaven(b.slice(0, LIMIT))) || order(a.slice(LIMIT), b.slice(LIMIT));
}

/** Whether Maven would take it for an artifact: it orders anything, but a version has to be the name of a folder. */
export function isMavenVersion(version: string): boolean {
  return version !== '' && version.length <= LIMIT && !/[\s\\/:"<>|?*[\](){},$]/.test(version);
}

function compareLists(a: MavenVersion, b: MavenVersion): -1 | 0 | 1 {
  let [depth, i] = [0, 0];
  for (;;) {
    const [x, y] = [at(a, depth, i), at(b, depth, i)];
    if (x === 'list' && y === 'list') {
      depth += 1;
      i = 0;
    } else if (x === 'list') {
      return listToItem(a, b, depth, i);
    } else if (y === 'list') {
      return order(0, listToItem(b, a, depth, i));
    } else {
      if (!x && !y) return 0;
      const found = x ? itemToItem(x, y) : order(0, itemToItem(y, undefined));
      if (found !== 0) return found;
      i += 1;
    }
  }
}

function at(version: MavenVersion, depth: number, i: number): MavenItem | 'list' | undefined {
  const length = version[depth]?.length ?? 0;
  return i === length && depth + 1 < version.length ? 'list' : version[depth]?.[i];
}

/** The list in `a` at `i` against what is in `b` there, which is no list: before a number; else its first item decides, then the rest. */
function listToItem(a: MavenVersion, b: MavenVersion, depth: number, i: number): -1 | 0 | 1 {
  const item = b[depth]?.[i];
  if (!item) return restToNothing(a, depth + 1, 0);
  if (item.word === undefined) return -1;
  return itemToItem(a[depth + 1]?.[0], item) || restToNothing(a, depth + 1, 1) || order(0, restToNothing(b, depth, i + 1));
}

function restToNothing(version: MavenVersion, depth: number, from: number): -1 | 0 | 1 {
  for (const [position, list] of version.slice(depth).entries()) {
    for (const item of position === 0 ? list.slice(from) : list) {
      const found = itemToItem(item, undefined);
      if (found !== 0) return found;
    }
  }
  return 0;
}

function itemToItem(x: MavenItem | undefined, y: MavenItem | undefined): -1 | 0 | 1 {
  if (!x) return y ? order(0, itemToItem(y, undefined)) : 0;
  if (x.word === undefined) return y?.word === undefined ? orderDigits(x.digits ?? '0', y?.digits ?? '0') : 1;
  if (!y) return order(rankOf(x.word), RELEASE) || orderDigits(x.digits ?? '0', '0');
  if (y.word === undefined) return -1;
  return compareWords(x.word, y.word) || compareNumbers(x, y);
}

function compareWords(x: string, y: string): -1 | 0 | 1 {
  const rank = rankOf(x);
  return order(rank, rankOf(y)) || (rank === OTHER_WORD ? order(x, y) : 0);
}

/** The same word: with a number is after without, except that `ga0` is `ga`. */
function compareNumbers(x: MavenItem, y: MavenItem): -1 | 0 | 1 {
  if (x.digits !== undefined && y.digits !== undefined) return orderDigits(x.digits, y.digits);
  if (rankOf(x.word ?? '') === RELEASE) return orderDigits(x.digits ?? '0', y.digits ?? '0');
  return order(x.digits === undefined ? 0 : 1, y.digits === undefined ? 0 : 1);
}

function rankOf(word: string): number {
  return RANKS.get(word) ?? OTHER_WORD;
}
