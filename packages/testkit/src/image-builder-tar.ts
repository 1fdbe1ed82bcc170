import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Digest } from '@plimsoll/model';
import type { FileSpec, Packing } from './image-builder-types.ts';

const BLOCK = 512;
/** Bytes in one member or frame of the packings that are made of many. */
const PIECE = 1000;

/** A tar of these entries, in this order. Everything that is not said is fixed, so the same entries give the same bytes. */
export function writeTar(files: readonly FileSpec[]): Uint8Array {
  return Buffer.concat([...files.flatMap(entryOf), Buffer.alloc(2 * BLOCK)]);
}

/** Packs bytes; the same bytes give the same result. */
export function pack(bytes: Uint8Array, packing: Packing): Uint8Array {
  switch (packing) {
    case 'none':
      return bytes;
    case 'gzip':
      return gzipSync(bytes);
    case 'gzip-members':
      return Buffer.concat(pieces(bytes).map((piece) => gzipSync(piece)));
    case 'zstd':
      return zstdCompressSync(bytes);
    case 'zstd-frames':
      return Buffer.concat([...pieces(bytes).map((piece) => zstdCompressSync(piece)), skippableFrame(Buffer.from('table of contents'))]);
  }
}

/** The digest of bytes or text. */
export function digestOf(data: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}

function entryOf(file: FileSpec): readonly Uint8Array[] {
  if ('content' in file) {
    const bytes = typeof file.content === 'string' ? Buffer.from(file.content) : file.content;
    return [...header(file.path, '0', { size: bytes.length, mode: file.mode ?? 0o644 }), padded(bytes)];
  }
  if ('directory' in file) return header(`${file.path.replace(/\/$/, '')}/`, '5', { mode: file.mode ?? 0o755 });
  if ('link' in file) return header(file.path, '2', { link: file.link, mode: 0o777 });
  if ('hardlink' in file) return header(file.path, '1', { link: file.hardlink, mode: 0o644 });
  const slash = file.path.lastIndexOf('/');
  if ('opaque' in file) return header(`${file.path.replace(/\/$/, '')}/.wh..wh..opq`, '0', { mode: 0o755 });
  return header(`${file.path.slice(0, slash + 1)}.wh.${file.path.slice(slash + 1)}`, '0', { mode: 0o600 });
}

/** A ustar header; a pax header before it where a name does not fit. */
function header(
  path: string,
  type: string,
  { size = 0, mode = 0, link = '' }: { readonly size?: number; readonly mode?: number; readonly link?: string },
): readonly Uint8Array[] {
  const records = [
    ...(Buffer.byteLength(path) > 100 ? [paxRecord('path', path)] : []),
    ...(Buffer.byteLength(link) > 100 ? [paxRecord('linkpath', link)] : []),
  ];
  const pax = Buffer.from(records.join(''));
  return [...(pax.length > 0 ? [block('PaxHeader', 'x', pax.length, 0o644, ''), padded(pax)] : []), block(path, type, size, mode, link)];
}

function block(path: string, type: string, size: number, mode: number, link: string): Uint8Array {
  const bytes = Buffer.alloc(BLOCK);
  bytes.set(Buffer.from(path).subarray(0, 100), 0);
  bytes.write(octal(mode, 7), 100);
  bytes.write(octal(0, 7), 108);
  bytes.write(octal(0, 7), 116);
  bytes.write(octal(size, 11), 124);
  bytes.write(octal(0, 11), 136);
  bytes.write('        ', 148);
  bytes.write(type, 156);
  bytes.set(Buffer.from(link).subarray(0, 100), 157);
  bytes.write('ustar\0' + '00', 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${octal(sum, 6)}\0 `, 148);
  return bytes;
}

/** `<length> <key>=<value>\n`, the length counting itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (String(length).length + Buffer.byteLength(rest) !== length) length = String(length).length + Buffer.byteLength(rest);
  return `${length}${rest}`;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

function pieces(bytes: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += PIECE) found.push(bytes.subarray(at, at + PIECE));
  return found;
}

/** https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.2 */
function skippableFrame(content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}
