import { AppError } from '../util/errors.ts';

/** A raw header block of a tar: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */
export interface Header {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly link: string;
  /** Someone may execute it. */
  readonly executable: boolean;
  /** Old GNU sparse: more header blocks follow. */
  readonly extended: boolean;
  /** Old GNU sparse: size of the file when expanded. */
  readonly realSize: number | undefined;
}

/** Bytes of a tar block. */
export const BLOCK = 512;

const decoder = new TextDecoder();

/** Text of a tar field; bytes that are not UTF-8 become U+FFFD, the same each time. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Reads one header block. Undefined for a block of zeros. Throws `TAR_INVALID` on a wrong checksum or number. */
export function parseHeader(block: Uint8Array): Header | undefined {
  const expected = checksum(block);
  if (expected === 256) return undefined; // only spaces counted for the checksum field itself: all zero
  const stated = number(block, 148, 8);
  if (stated !== expected && stated !== expected - 256 * highBytes(block))
    throw new AppError('TAR_INVALID', 'a tar header has a wrong checksum');
  const type = String.fromCharCode(block[156] ?? 0);
  const magic = decodeText(block.subarray(257, 265));
  let name = field(block, 0, 100);
  if (magic.startsWith('ustar\0')) {
    const prefix = field(block, 345, 155);
    if (prefix !== '') name = `${prefix}/${name}`;
  }
  const gnuSparse = type === 'S';
  return {
    name,
    size: number(block, 124, 12),
    type,
    link: field(block, 157, 100),
    executable: isExecutable(block),
    extended: gnuSparse && block[482] === 1,
    realSize: gnuSparse ? number(block, 483, 12) : undefined,
  };
}

function checksum(block: Uint8Array): number {
  let sum = 8 * 32;
  for (let i = 0; i < 148; i += 1) sum += block[i] as number;
  for (let i = 156; i < BLOCK; i += 1) sum += block[i] as number;
  return sum;
}

/** Old tars summed signed bytes: each with its first bit set counts 256 less. */
function highBytes(block: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < BLOCK; i += 1) if ((i < 148 || i >= 156) && (block[i] as number) > 127) count += 1;
  return count;
}

function field(block: Uint8Array, offset: number, length: number): string {
  let end = offset;
  while (end < offset + length && block[end] !== 0) end += 1;
  return decodeText(block.subarray(offset, end));
}

/** Whether one of the three execute bits is set. A mode that is no number sets none: nothing depends on it but what is looked into. */
function isExecutable(block: Uint8Array): boolean {
  const mode = Number.parseInt(field(block, 100, 8).trim(), 8);
  return (mode & 0o111) !== 0;
}

/** Octal digits, or base 256 where the first bit is set (GNU). */
function number(block: Uint8Array, offset: number, length: number): number {
  const first = block[offset] ?? 0;
  let value = 0;
  if (first & 0x80) {
    value = first === 0xff ? Number.NaN : first & 0x7f;
    for (let i = 1; i < length; i += 1) value = value * 256 + (block[offset + i] as number);
  } else {
    for (let i = 0; i < length; i += 1) {
      const byte = block[offset + i] as number;
      if (byte === 0 || byte === 32) {
        if (value > 0 || (i > 0 && byte === 0)) break;
        continue;
      }
      if (byte < 48 || byte > 55) throw new AppError('TAR_INVALID', 'a tar header has a number that is not octal');
      value = value * 8 + (byte - 48);
    }
  }
  if (!Number.isSafeInteger(value) || value < 0) throw new AppError('TAR_INVALID', 'a tar header has a size that cannot be');
  return value;
}
