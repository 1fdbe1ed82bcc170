import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { writeTar } from '@plimsoll/testkit';

const MIB = 1024 * 1024;

/** Stored bytes of a layer whose diffID nobody will live to compare: what it inflates to is too much to be made here. */
export interface Bomb {
  readonly stored: Uint8Array;
}

/** A tar that says to hold one file of `bytes` zeros: 1 MiB of them, packed once, repeated. */
export function zeros(bytes: number, packing: 'gzip' | 'zstd'): Bomb {
  const pack = packing === 'gzip' ? gzipSync : zstdCompressSync;
  const piece = pack(Buffer.alloc(MIB));
  return { stored: Buffer.concat([pack(header('big', bytes)), ...Array.from({ length: bytes / MIB }, () => piece)]) };
}

/** A tar of `count` empty files, one name a million times or a million names: entries cost nothing to write. */
export function entries(count: number): Bomb {
  const block = header('x', 0);
  const many = gzipSync(Buffer.concat(Array.from({ length: 2048 }, () => block)));
  return { stored: Buffer.concat(Array.from({ length: Math.ceil(count / 2048) }, () => many)) };
}

/** A tar with a pax header that says to be `bytes` long, and goes on. */
export function endlessPax(bytes: number): Bomb {
  const piece = gzipSync(Buffer.alloc(MIB, '9'));
  return { stored: Buffer.concat([gzipSync(header('PaxHeader', bytes, 'x')), ...Array.from({ length: bytes / MIB }, () => piece)]) };
}

/** A header block of ustar. */
export function header(path: string, size: number, type = '0'): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write(path, 0);
  bytes.write('0000755\0', 100);
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  bytes.write('        ', 148);
  bytes.write(type, 156);
  bytes.write('ustar\x0000', 257);
  bytes.write(
    `${bytes
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return bytes;
}

/** An ELF program whose section of crates inflates to `bytes`. */
export function crateBomb(bytes: number): Buffer {
  const section = deflateSync(Buffer.alloc(bytes, ' '));
  const names = Buffer.from('\0.dep-v0\0.shstrtab\0');
  const head = Buffer.alloc(120);
  head.write('\x7fELF\x02\x01\x01', 'latin1');
  head.writeBigUInt64LE(64n, 32);
  head.writeBigUInt64LE(BigInt(4096 + section.length + names.length), 40);
  for (const [index, value] of [64, 56, 1, 64, 3, 2].entries()) head.writeUInt16LE(value, 52 + index * 2);
  head.writeUInt32LE(1, 64);
  head.writeBigUInt64LE(4096n, 96);
  const row = (name: number, offset: number, size: number) => {
    const entry = Buffer.alloc(64);
    entry.writeUInt32LE(name, 0);
    entry.writeBigUInt64LE(BigInt(offset), 24);
    entry.writeBigUInt64LE(BigInt(size), 32);
    return entry;
  };
  const rows = [row(0, 0, 0), row(1, 4096, section.length), row(9, 4096 + section.length, names.length)];
  return Buffer.concat([head, Buffer.alloc(4096 - head.length), section, names, ...rows]);
}

/** Names that end the root, steer a terminal, or are no UTF-8. */
export function oddNames(): Uint8Array {
  const raw = header('x', 0);
  raw.set([0x61, 0xff, 0xfe, 0x62], 0);
  raw.write('        ', 148);
  raw.write(
    `${raw
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  const tar = writeTar([
    { path: '../../../etc/cron.d/evil', content: 'x' },
    { path: '/etc/passwd', content: 'x' },
    { path: 'app/node_modules/\x1b[31mred/package.json', content: JSON.stringify({ name: '\x1b]0;owned\x07', version: '1.0.0\x1b[2J' }) },
    { path: 'loop-a', link: 'loop-b' },
    { path: 'loop-b', link: 'loop-a' },
    { path: 'loop-a/file', content: 'x' },
    { path: 'out', link: '../../../../..' },
    { path: 'out/etc/shadow', content: 'x' },
    { path: 'app/.wh.', content: 'x' },
    { path: 'app/.wh..wh..', content: 'x' },
  ]);
  return Buffer.concat([raw, tar]);
}
