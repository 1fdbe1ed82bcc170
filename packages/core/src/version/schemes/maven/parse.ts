import { isDigit } from '../../shared/order.ts';

/** A number (`word` undefined), a word (`digits` undefined), or a word with the number behind it (`rc1`, `rc-1`). */
export interface MavenItem {
  readonly word: string | undefined;
  readonly digits: string | undefined;
}

/** Lists by depth: each but the last ends with the one after it, as `1.2-rc.3` is `[1, 2, [rc, 3]]`. Empty for `0`. */
export type MavenVersion = readonly (readonly MavenItem[])[];

/** What a single letter means before a number. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

/** Reads a version as Maven's ComparableVersion does; anything can be read. */
export function parseMaven(version: string): MavenVersion {
  const text = version.toLowerCase();
  const lists: MavenItem[][] = [[]];
  let start = 0;
  let inDigits = false;
  let combined = false;
  const add = (item: MavenItem) => lists.at(-1)?.push(item);
  const nest = () => {
    if (lists.at(-1)?.length !== 0) lists.push([]);
  };
  const close = (end: number, digits: boolean) => {
    add(end === start ? { word: undefined, digits: '0' } : itemOf(text.slice(start, end), digits, combined));
    combined = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '.') {
      close(at, inDigits);
      start = at + 1;
    } else if (character === '-') {
      // A word, a hyphen and a number are one item, as if the hyphen were not there.
      if (at > start && !inDigits && isDigit(text[at + 1])) continue;
      close(at, inDigits);
      start = at + 1;
      nest();
    } else if (isDigit(character)) {
      if (!inDigits && at > start) {
        combined = true;
        nest();
      }
      inDigits = true;
    } else {
      if (inDigits && at > start) {
        close(at, true);
        start = at;
        nest();
      }
      inDigits = false;
    }
  }
  if (start < text.length) {
    if (!inDigits) nest();
    close(text.length, inDigits);
  }
  return normalize(lists);
}

function itemOf(text: string, digits: boolean, combined: boolean): MavenItem {
  if (digits && !combined) return { word: undefined, digits: text };
  if (!combined) return { word: text, digits: undefined };
  const word = (/^\D*/.exec(text)?.[0] ?? '').replaceAll('-', '');
  return { word: SHORT.get(word) ?? word, digits: text.slice(text.search(/\d/)) };
}

/** Takes zeros off the ends of lists, and before words; from the innermost list outwards. */
function normalize(lists: MavenItem[][]): MavenVersion {
  const kept: MavenItem[][] = [];
  for (const list of lists.toReversed()) {
    const inner = kept[0]?.[0];
    let mayDrop = inner === undefined || inner.word !== undefined;
    const items: MavenItem[] = [];
    for (const item of list.toReversed()) {
      if (mayDrop && isZero(item)) continue;
      mayDrop = item.word !== undefined && item.digits === undefined;
      items.push(item);
    }
    if (items.length > 0) kept.unshift(items.reverse());
  }
  return kept;
}

function isZero({ word, digits }: MavenItem): boolean {
  return word === undefined && /^0*$/.test(digits ?? '');
}
