const PAGE = 4096;
const SLOT = 16;
const BLOCK = 16;
/** rpm itself makes no more. */
const MOST_SLOT_PAGES = 2048;

/** Whether these are the bytes of rpm's own database format. */
export function isNdb(bytes: Uint8Array): boolean {
  return bytes.length >= PAGE && wordAt(bytes, 0) === 'RpmP';
}

/** Blobs of an ndb database: slots at the start tell where each lies. https://github.com/rpm-software-management/rpm/blob/master/lib/backend/ndb/rpmpkg.c */
export function* readNdb(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pages = view.getUint32(12, true);
  if (pages === 0 || pages > MOST_SLOT_PAGES || pages * PAGE > bytes.length) throw new Error('the database has no slots, or too many');
  // The header takes the place of the first two slots.
  for (let at = 2 * SLOT; at < pages * PAGE; at += SLOT) {
    if (wordAt(bytes, at) !== 'Slot') throw new Error(`there is no slot at ${at}`);
    const key = view.getUint32(at + 4, true);
    if (key === 0) continue;
    const start = view.getUint32(at + 8, true) * BLOCK;
    if (start + 16 > bytes.length || wordAt(bytes, start) !== 'BlbS' || view.getUint32(start + 4, true) !== key) {
      throw new Error(`the slot at ${at} points to no package`);
    }
    const length = view.getUint32(start + 12, true);
    if (start + 16 + length > bytes.length) throw new Error('a package is longer than the database');
    yield bytes.subarray(start + 16, start + 16 + length);
  }
}

function wordAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
