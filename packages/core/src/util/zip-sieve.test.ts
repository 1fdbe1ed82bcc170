import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { zipOf } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { memorySource, zippedFilesIn } from './zip.ts';
import { createZipSieve, type SieveOptions } from './zip-sieve.ts';

/** Bytes that do not deflate. */
const NOISE = Buffer.concat(Array.from({ length: 1500 }, (_, at) => createHash('sha256').update(`${at}`).digest()));

function sieve(bytes: Uint8Array, options: Partial<SieveOptions> & { readonly piece?: number } = {}) {
  const { push, end } = createZipSieve({
    what: 'a.zip',
    size: bytes.length,
    maxKept: 1e6,
    wants: (name) => name.endsWith('.txt'),
    isZip: (name) => name.endsWith('.zip'),
    ...options,
  });
  const piece = options.piece ?? 1000;
  for (let at = 0; at < bytes.length; at += piece) push(bytes.slice(at, at + piece));
  return end();
}
const namesIn = (bytes: Uint8Array, options = {}) => Array.from(zippedFilesIn(sieve(bytes, options)), ({ name }) => name);
function textOf(bytes: Uint8Array, wanted: string, options = {}): string | undefined {
  const file = [...zippedFilesIn(sieve(bytes, options))].find(({ name }) => name === wanted);
  return file && Buffer.from(file.read(1e6)).toString();
}

describe('createZipSieve', () => {
  const zip = zipOf({ 'x.class': NOISE, 'a.txt': 'wanted', 'y.class': NOISE, 'b.txt': '', 'in.zip': zipOf({ 'c.txt': 'within' }) });

  it.each([1, 2, 3, 29, 30, 31, 1000, 1e6])('gives what is wanted, in pieces of %i bytes', (piece) => {
    expect(namesIn(zip, { piece })).toEqual(['x.class', 'a.txt', 'y.class', 'b.txt', 'in.zip']);
    expect(textOf(zip, 'a.txt', { piece })).toBe('wanted');
    expect(textOf(zip, 'b.txt', { piece })).toBe('');
  });

  it('holds nothing else', () => {
    expect(() => textOf(zip, 'x.class')).toThrow(expect.objectContaining({ code: 'ARCHIVE_UNREADABLE' }));
    expect(() => sieve(zip, { maxKept: 3000 })).not.toThrow();
    expect(() => sieve(zip, { maxKept: 3000, wants: () => true })).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  it('holds less of a deflated zip within, where it is told how', () => {
    const seen: string[] = [];
    const reduce = (packed: Uint8Array, name: string) => {
      seen.push(name);
      return memorySource(inflateRawSync(packed), name);
    };
    const file = [...zippedFilesIn(sieve(zip, { reduce }))].find(({ name }) => name === 'in.zip');
    const inner = file && [...zippedFilesIn(file.open(1e6))];
    expect(inner?.map(({ name, read }) => [name, Buffer.from(read(100)).toString()])).toEqual([['c.txt', 'within']]);
    expect(seen).toEqual(['in.zip']);
    expect(() => file?.read(1e6)).toThrow(expect.objectContaining({ code: 'ARCHIVE_UNREADABLE' }));
  });

  it('asks for no more room than the file can fill', () => {
    const lying = Buffer.from(zipOf({ 'a.txt': 'wanted' }));
    lying.writeUInt32LE(0xffff_fff0, 18);
    expect(() => sieve(lying, { maxKept: 5000 })).not.toThrow();
  });

  it.each([
    ['with its mark', (bytes: Buffer) => descriptor(bytes, true, false)],
    ['without a mark', (bytes: Buffer) => descriptor(bytes, false, false)],
    ['long, with its mark', (bytes: Buffer) => descriptor(bytes, true, true)],
    ['long, without a mark', (bytes: Buffer) => descriptor(bytes, false, true)],
  ])('finds the end of a file that a descriptor follows: %s', (_name, describe) => {
    const packed = deflateRawSync(Buffer.concat([NOISE, Buffer.from('PK\x03\x04PK\x01\x02 and so on')]));
    const tricky = Buffer.concat([packed, Buffer.from('PK\x03\x04'), Buffer.alloc(40, 1), Buffer.from('PK\x01\x02'), Buffer.alloc(30, 2)]);
    const head = local('x.class', 8);
    const wanted = deflateRawSync(Buffer.from('wanted'));
    const bytes = Buffer.concat([head, tricky, describe(tricky), local('a.txt', 8), wanted, describe(wanted), Buffer.from('PK\x01\x02')]);
    for (const piece of [1, 7, 64, 1e6]) {
      const source = sieve(bytes, { piece });
      const at = head.length + tricky.length + describe(tricky).length + local('a.txt', 8).length;
      expect(Buffer.from(source.read(at, wanted.length))).toEqual(wanted);
      expect(() => source.read(head.length, 100)).toThrow();
    }
  });
});

function local(name: string, flags: number): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(8, 8);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

function descriptor(bytes: Buffer, marked: boolean, long: boolean): Buffer {
  const sizes = Buffer.alloc(long ? 20 : 12);
  if (long) sizes.writeBigUInt64LE(BigInt(bytes.length), 4);
  else sizes.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([marked ? Buffer.from('PK\x07\x08', 'latin1') : Buffer.alloc(0), sizes]);
}
