const MAGIC = 'SQLite format 3\0';
const INTERIOR = 0x05;
const LEAF = 0x0d;

/** Whether these are the bytes of an SQLite database. */
export function isSqlite(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 16)).toString('latin1') === MAGIC;
}

/**
 * The blobs in one column of a table, read from the bytes alone: an image's database is never a file here, and its content never SQL.
 * https://www.sqlite.org/fileformat2.html Throws where pages go in circles or point out of the file. What lies in a write-ahead log is not seen.
 */
export function* readSqlite(bytes: Uint8Array, table: string, column: number): Generator<Uint8Array> {
  const database = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pageSize = database.readUInt16BE(16) === 1 ? 65_536 : database.readUInt16BE(16);
  const usable = pageSize - (database[20] ?? 0);
  if (pageSize < 512 || usable < 480) throw new Error('the database has no page size');
  for (const record of readTree(1)) {
    const [type, name, , root] = readRecord(record);
    if (String(type) !== 'table' || String(name) !== table || typeof root !== 'number') continue;
    for (const row of readTree(root)) {
      const value = readRecord(row)[column];
      if (value instanceof Uint8Array) yield value;
    }
  }

  function pageAt(number: number): Buffer {
    const start = (number - 1) * pageSize;
    if (number < 1 || start + pageSize > database.length) throw new Error(`page ${number} is not in the database`);
    return database.subarray(start, start + pageSize);
  }

  /** Payloads of a table's rows, in order. */
  function* readTree(root: number): Generator<Buffer> {
    const seen = new Set<number>();
    const waiting = [root];
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      if (seen.has(number)) throw new Error('the pages of a table go in circles');
      seen.add(number);
      const page = pageAt(number);
      const head = number === 1 ? 100 : 0;
      const kind = page[head];
      const cells = page.readUInt16BE(head + 3);
      const pointers = head + (kind === INTERIOR ? 12 : 8);
      if (pointers + cells * 2 > page.length) throw new Error(`page ${number} has more cells than room`);
      const places = Array.from({ length: cells }, (_, position) => page.readUInt16BE(pointers + position * 2));
      if (kind === INTERIOR) waiting.push(page.readUInt32BE(head + 8), ...places.map((place) => page.readUInt32BE(place)).reverse());
      else if (kind === LEAF) for (const place of places) yield readCell(page, place);
      else throw new Error(`page ${number} is no page of a table`);
    }
  }

  function readCell(page: Buffer, place: number): Buffer {
    const size = readVarint(page, place);
    const key = readVarint(page, size.end);
    if (size.value > database.length) throw new Error('a row is larger than the database');
    const most = usable - 35;
    const least = Math.floor(((usable - 12) * 32) / 255) - 23;
    const wanted = least + ((size.value - least) % (usable - 4));
    const local = size.value <= most ? size.value : wanted <= most ? wanted : least;
    const parts = [page.subarray(key.end, key.end + local)];
    let next = size.value > local ? page.readUInt32BE(key.end + local) : 0;
    for (let left = size.value - local; left > 0; left -= usable - 4) {
      const overflow = pageAt(next);
      parts.push(overflow.subarray(4, 4 + Math.min(left, usable - 4)));
      next = overflow.readUInt32BE(0);
    }
    return Buffer.concat(parts);
  }
}

/** Numbers, texts and blobs of a row; null is undefined. */
function readRecord(record: Buffer): readonly (number | string | Uint8Array | undefined)[] {
  const head = readVarint(record, 0);
  const values: (number | string | Uint8Array | undefined)[] = [];
  let body = head.value;
  for (let at = head.end; at < head.value; ) {
    const { value: type, end } = readVarint(record, at);
    at = end;
    const size = sizeOf(type);
    const bytes = record.subarray(body, body + size);
    if (bytes.length < size) throw new Error('a row is shorter than it says');
    body += size;
    values.push(toValue(type, bytes));
  }
  return values;
}

function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0;
}

function toValue(type: number, bytes: Buffer): number | string | Uint8Array | undefined {
  if (type >= 12) return type % 2 === 0 ? bytes : bytes.toString();
  if (type === 8 || type === 9) return type - 8;
  if (type >= 1 && type <= 5) return bytes.readIntBE(0, bytes.length);
  return undefined;
}

/** Big-endian, seven bits a byte; the ninth byte has eight. Values beyond 2^53 are of no row here. */
function readVarint(bytes: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let position = 0; position < 8; position += 1) {
    const byte = bytes[at + position];
    if (byte === undefined) throw new Error('a number goes on past the end');
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + position + 1 };
  }
  return { value: value * 256 + (bytes[at + 8] ?? 0), end: at + 9 };
}
