import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A package as rpm's header has it. */
export interface Built {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly epoch?: number;
  readonly arch?: string;
  readonly source?: string;
  readonly files?: readonly string[];
  /** The module's label. */
  readonly module?: string;
  /** Text that makes the header large. */
  readonly license?: string;
}

/** The header's bytes. */
export function header({ name, version, release, epoch, arch = 'x86_64', source, files = [], license = 'MIT', module }: Built): Buffer {
  const folders = [...new Set(files.map((file) => file.slice(0, file.lastIndexOf('/') + 1)))];
  const text = (tag: number, value: string) => ({ tag, type: 6, count: 1, data: Buffer.from(`${value}\0`) });
  const texts = (tag: number, values: readonly string[]) => ({
    tag,
    type: 8,
    count: values.length,
    data: Buffer.from(values.map((value) => `${value}\0`).join('')),
  });
  const numbers = (tag: number, values: readonly number[]) => {
    const data = Buffer.alloc(values.length * 4);
    for (const [position, value] of values.entries()) data.writeInt32BE(value, position * 4);
    return { tag, type: 4, count: values.length, data };
  };
  const entries = [
    ...(epoch === undefined ? [] : [numbers(1003, [epoch])]),
    ...(files.length === 0
      ? []
      : [
          numbers(
            1116,
            files.map((file) => folders.indexOf(file.slice(0, file.lastIndexOf('/') + 1))),
          ),
        ]),
    text(1000, name),
    text(1001, version),
    text(1002, release),
    text(1014, license),
    text(1022, arch),
    ...(source === undefined ? [] : [text(1044, source)]),
    ...(module === undefined ? [] : [text(5096, module)]),
    ...(files.length === 0
      ? []
      : [
          texts(
            1117,
            files.map((file) => path.posix.basename(file)),
          ),
          texts(1118, folders),
        ]),
  ];
  const index = Buffer.alloc(8 + entries.length * 16);
  let offset = 0;
  for (const [position, { tag, type, count, data }] of entries.entries()) {
    for (const [field, value] of [tag, type, offset, count].entries()) index.writeUInt32BE(value, 8 + position * 16 + field * 4);
    offset += data.length;
  }
  index.writeUInt32BE(entries.length, 0);
  index.writeUInt32BE(offset, 4);
  return Buffer.concat([index, ...entries.map(({ data }) => data)]);
}

/** As rpm since 4.16 keeps them; written by SQLite itself. */
export function sqliteOf(headers: readonly Uint8Array[]): Uint8Array {
  const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-rpm-'));
  const file = path.join(folder, 'rpmdb.sqlite');
  try {
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE Other (x); CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)');
    const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
    database.exec('BEGIN');
    for (const bytes of headers) insert.run(bytes);
    database.exec('COMMIT');
    database.close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As SUSE keeps them. */
export function ndbOf(headers: readonly Uint8Array[]): Uint8Array {
  const slots = Buffer.alloc(4096);
  slots.write('RpmP');
  slots.writeUInt32LE(1, 12);
  const blobs: Buffer[] = [];
  let at = 4096;
  for (let slot = 2; slot < 256; slot += 1) {
    slots.write('Slot', slot * 16);
    const bytes = headers[slot - 2];
    if (!bytes) continue;
    const blob = Buffer.alloc(Math.ceil((bytes.length + 28) / 16) * 16);
    blob.write('BlbS');
    blob.writeUInt32LE(slot, 4);
    blob.writeUInt32LE(bytes.length, 12);
    blob.set(bytes, 16);
    slots.writeUInt32LE(slot, slot * 16 + 4);
    slots.writeUInt32LE(at / 16, slot * 16 + 8);
    slots.writeUInt32LE(blob.length / 16, slot * 16 + 12);
    blobs.push(blob);
    at += blob.length;
  }
  return Buffer.concat([slots, ...blobs]);
}

/** As rpm to 4.15 keeps them: one hash page, each header on overflow pages. */
export function bdbOf(headers: readonly Uint8Array[], big = false): Uint8Array {
  const size = 512;
  const room = size - 26;
  const word = (page: Buffer, value: number, at: number) => (big ? page.writeUInt32BE(value, at) : page.writeUInt32LE(value, at));
  const half = (page: Buffer, value: number, at: number) => (big ? page.writeUInt16BE(value, at) : page.writeUInt16LE(value, at));
  const pages = [Buffer.alloc(size), Buffer.alloc(size)] as [Buffer, Buffer, ...Buffer[]];
  const [meta, hash] = pages;
  word(meta, 0x061561, 12);
  word(meta, size, 20);
  meta.writeUInt8(8, 25);
  hash.writeUInt8(13, 25);
  half(hash, headers.length * 2, 20);
  let place = size;
  for (const [position, bytes] of headers.entries()) {
    place -= 12;
    half(hash, place, 26 + position * 4);
    half(hash, place, 26 + position * 4 + 2);
    hash.writeUInt8(3, place);
    word(hash, pages.length, place + 4);
    word(hash, bytes.length, place + 8);
    for (let start = 0; start < bytes.length; start += room) {
      const page = Buffer.alloc(size);
      const part = bytes.subarray(start, start + room);
      page.set(part, 26);
      page.writeUInt8(7, 25);
      half(page, part.length, 22);
      word(page, start + room < bytes.length ? pages.length + 1 : 0, 16);
      pages.push(page);
    }
  }
  word(meta, pages.length - 1, 32);
  return Buffer.concat(pages);
}
