import { deflateSync } from 'node:zlib';
import { testCataloger } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import type { Finding } from '../../types.ts';
import { rust } from './index.ts';

/** A 64-bit little-endian ELF file: `loaded` bytes of program, a section of a name, the names, the headers of three sections. */
function elf(name: string, section: Uint8Array, loaded = 5000): Buffer {
  const names = Buffer.from(`\0${name}\0.shstrtab\0`);
  const sectionsAt = loaded + section.length + names.length;
  const head = Buffer.alloc(64 + 56);
  head.write('\x7fELF\x02\x01\x01', 'latin1');
  head.writeBigUInt64LE(64n, 32);
  head.writeBigUInt64LE(BigInt(sectionsAt), 40);
  for (const [index, value] of [64, 56, 1, 64, 3, 2].entries()) head.writeUInt16LE(value, 52 + index * 2);
  head.writeUInt32LE(1, 64);
  head.writeBigUInt64LE(BigInt(loaded), 64 + 32);
  const row = (nameAt: number, offset: number, size: number) => {
    const bytes = Buffer.alloc(64);
    bytes.writeUInt32LE(nameAt, 0);
    bytes.writeBigUInt64LE(BigInt(offset), 24);
    bytes.writeBigUInt64LE(BigInt(size), 32);
    return bytes;
  };
  return Buffer.concat([
    head,
    Buffer.alloc(loaded - head.length),
    section,
    names,
    row(0, 0, 0),
    row(1, loaded, section.length),
    row(name.length + 2, loaded + section.length, names.length),
  ]);
}

const scan = (bytes: Uint8Array, piece = 1000, size = bytes.length): readonly Finding[] => {
  const file = rust.scan({ path: 'app/server', kind: 'file', size, executable: true });
  for (let at = 0; at < bytes.length; at += piece) if (!file.push(bytes.subarray(at, at + piece))) break;
  return [...file.end()];
};

const list = deflateSync(
  JSON.stringify({
    packages: [
      { name: 'shop', version: '0.1.0', source: 'local', dependencies: [1, 2], root: true },
      { name: 'adler', version: '0.2.3', source: 'crates.io' },
      { name: 'cc', version: '1.0.0', source: 'crates.io', kind: 'build' },
    ],
  }),
);
const program = elf('.dep-v0', list);

testCataloger(rust, {
  files: [{ path: 'app/server', bytes: program }],
  others: ['app/server.sh'],
  purlOf,
});

describe('rust', () => {
  it.each([1000, 1, 64, 100_000])('reads the crates of a program, not those of its build, in pieces of %i bytes', (piece) => {
    expect(scan(program, piece)).toEqual([
      { kind: 'package', draft: { type: 'cargo', name: 'shop', version: '0.1.0', licenses: [] } },
      { kind: 'package', draft: { type: 'cargo', name: 'adler', version: '0.2.3', licenses: [] } },
    ]);
  });

  it.each([
    ['another section', elf('.comment', list)],
    ['a script', Buffer.from('#!/bin/sh\nexit 0\n')],
    ['an empty file', Buffer.alloc(0)],
    ['a program that is cut off', program.subarray(0, -100)],
  ])('finds nothing in %s', (_name, bytes) => {
    expect(scan(bytes, 1000, Math.max(bytes.length, program.length))).toEqual([]);
  });

  it.each([
    ['bytes that do not inflate', Buffer.from('no zlib')],
    ['a list that inflates to more than it may', deflateSync(Buffer.alloc(9 * 1024 * 1024))],
    ['another document', deflateSync('{"packages":"none"}')],
  ])('refuses %s', (_name, section) => {
    expect(() => scan(elf('.dep-v0', section))).toThrow();
  });

  it('survives anything with a plain error', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(program.length - 1), fc.nat(255)), { maxLength: 30 }), (changes) => {
        const bytes = Buffer.from(program);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          scan(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 500 },
    );
  });
});
