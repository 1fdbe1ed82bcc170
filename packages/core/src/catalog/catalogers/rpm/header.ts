/** Tags that are read, and the types they are stored in. https://rpm-software-management.github.io/rpm/manual/tags.html */
const TAGS = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  license: 1014,
  arch: 1022,
  sourceRpm: 1044,
  dirIndexes: 1116,
  baseNames: 1117,
  dirNames: 1118,
  modularityLabel: 5096,
} as const;
type Tag = keyof typeof TAGS;

const INT32 = 4;
const STRING = 6;
const STRING_ARRAY = 8;
const I18N_STRING = 9;
const MOST_TAGS = 100_000;
const ENTRY = 16;

/** The header of one package. Tags that are absent, or of another type than they should be, give nothing. */
export interface Header {
  text(tag: Tag): string | undefined;
  texts(tag: Tag): readonly string[];
  number(tag: Tag): number | undefined;
  numbers(tag: Tag): readonly number[];
}

/**
 * Reads a header as the database keeps it: two counts, an index, and the data it points into, all big-endian.
 * https://rpm-software-management.github.io/rpm/manual/hregions.html Throws where it does not fit its own counts.
 */
export function readHeader(blob: Uint8Array): Header {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  if (blob.length < 8) throw new Error('a package header is too short');
  const [count, length] = [view.getUint32(0), view.getUint32(4)];
  const start = 8 + count * ENTRY;
  if (count > MOST_TAGS || start + length > blob.length) throw new Error('a package header is longer than its bytes');
  const data = blob.subarray(start, start + length);
  const entries = new Map<number, { readonly type: number; readonly offset: number; readonly count: number }>();
  for (let at = 8; at < start; at += ENTRY) {
    entries.set(view.getUint32(at), { type: view.getUint32(at + 4), offset: view.getUint32(at + 8), count: view.getUint32(at + 12) });
  }
  const values = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return {
    text: (tag) => textsOf(tag, 1)[0],
    texts: (tag) => textsOf(tag, Number.POSITIVE_INFINITY),
    number: (tag) => numbersOf(tag)[0],
    numbers: numbersOf,
  };

  function textsOf(tag: Tag, most: number): readonly string[] {
    const entry = entries.get(TAGS[tag]);
    if (!entry || ![STRING, STRING_ARRAY, I18N_STRING].includes(entry.type)) return [];
    const texts: string[] = [];
    for (let at = entry.offset; texts.length < Math.min(entry.count, most) && at < data.length; ) {
      const end = data.indexOf(0, at);
      if (end === -1) break;
      texts.push(Buffer.from(data.buffer, data.byteOffset + at, end - at).toString());
      at = end + 1;
    }
    return texts;
  }

  function numbersOf(tag: Tag): readonly number[] {
    const entry = entries.get(TAGS[tag]);
    if (entry?.type !== INT32) return [];
    const most = Math.min(entry.count, Math.max(0, Math.floor((data.length - entry.offset) / 4)));
    return Array.from({ length: most }, (_, position) => values.getInt32(entry.offset + position * 4));
  }
}
