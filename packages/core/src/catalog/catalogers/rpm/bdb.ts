const HASH_MAGIC = 0x061561;
const PAGE_HEADER = 26;
const HASH_UNSORTED = 2;
const HASH = 13;
/** An item that lies on pages of its own: all but tiny ones. */
const OFF_PAGE = 3;
const OVERFLOW = 7;
const LARGEST = 256 * 1024 * 1024;

/** Whether these are the bytes of a Berkeley DB hash, of either byte order. */
export function isBdb(bytes: Uint8Array): boolean {
  return bytes.length >= 512 && orderOf(bytes) !== undefined;
}

function orderOf(bytes: Uint8Array): 'little' | 'big' | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(12, true) === HASH_MAGIC) return 'little';
  return view.getUint32(12, false) === HASH_MAGIC ? 'big' : undefined;
}

/**
 * Values of a Berkeley DB hash that lie on pages of their own, which package headers do. Throws where pages go in circles or point out of the
 * file. https://github.com/berkeleydb/libdb/blob/master/src/dbinc/db_page.h
 */
export function* readBdb(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = orderOf(bytes) === 'little';
  const size = view.getUint32(20, little);
  if (size < 512 || size > 65_536 || (size & (size - 1)) !== 0) throw new Error('the database has no page size');
  if (view.getUint8(24) !== 0) throw new Error('the database is encrypted');
  const last = Math.min(view.getUint32(32, little), Math.floor(bytes.length / size) - 1);
  for (let page = 1; page <= last; page += 1) {
    const start = page * size;
    const kind = view.getUint8(start + 25);
    if (kind !== HASH && kind !== HASH_UNSORTED) continue;
    const entries = view.getUint16(start + 20, little);
    if (PAGE_HEADER + entries * 2 > size) throw new Error(`page ${page} has more entries than room`);
    // Keys and values take turns.
    for (let entry = 1; entry < entries; entry += 2) {
      const place = view.getUint16(start + PAGE_HEADER + entry * 2, little);
      if (place + 12 > size || view.getUint8(start + place) !== OFF_PAGE) continue;
      yield readOverflow(view.getUint32(start + place + 4, little), view.getUint32(start + place + 8, little));
    }
  }

  function readOverflow(first: number, length: number): Uint8Array {
    if (length > LARGEST || length > bytes.length) throw new Error('a package is larger than the database');
    const value = new Uint8Array(length);
    const seen = new Set<number>();
    let filled = 0;
    for (let page = first; page !== 0 && filled < length; page = view.getUint32(page * size + 16, little)) {
      if (seen.has(page) || (page + 1) * size > bytes.length)
        throw new Error('the pages of a package go in circles, or out of the database');
      seen.add(page);
      if (view.getUint8(page * size + 25) !== OVERFLOW) throw new Error(`page ${page} holds no part of a package`);
      const part = Math.min(view.getUint16(page * size + 22, little), size - PAGE_HEADER, length - filled);
      value.set(bytes.subarray(page * size + PAGE_HEADER, page * size + PAGE_HEADER + part), filled);
      filled += part;
    }
    if (filled < length) throw new Error('a package ends too early');
    return value;
  }
}
