import type { FolderEntry } from './walk.ts';

/** Bytes of a tar block. */
export const BLOCK = 512;
const NAME = 100;
/** What eleven octal digits can say. */
const MAX_OCTAL = 8 ** 11 - 1;

/**
 * The header of an entry, a pax header before it where the plain one has no room: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html.
 * Of the mode only whether it may be executed is kept; times and owners are none: the same files give the same bytes wherever they lie.
 */
export function headersOf({ path, kind, size, executable, link }: FolderEntry): Buffer {
  const name = kind === 'directory' ? Buffer.concat([path, Buffer.from('/')]) : path;
  const records = [
    ...(name.length > NAME ? [record('path', name)] : []),
    ...(link && link.length > NAME ? [record('linkpath', link)] : []),
    ...(size > MAX_OCTAL ? [record('size', Buffer.from(String(size)))] : []),
  ];
  const type = kind === 'file' ? '0' : kind === 'directory' ? '5' : '2';
  const own = header({ name, type, size: Math.min(size, MAX_OCTAL), mode: executable ? 0o755 : 0o644, ...(link && { link }) });
  if (records.length === 0) return own;
  const body = Buffer.concat(records);
  const more = header({ name: Buffer.from('PaxHeader'), type: 'x', size: body.length, mode: 0o644 });
  return Buffer.concat([more, body, Buffer.alloc(paddingOf(body.length)), own]);
}

/** Bytes that fill the last block of a content. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

interface Fields {
  readonly name: Buffer;
  readonly type: string;
  readonly size: number;
  readonly mode: number;
  readonly link?: Buffer;
}

function header({ name, type, size, mode, link }: Fields): Buffer {
  const block = Buffer.alloc(BLOCK);
  name.copy(block, 0, 0, NAME);
  block.write(octal(mode, 7), 100, 'latin1');
  block.write(octal(0, 7), 108, 'latin1');
  block.write(octal(0, 7), 116, 'latin1');
  block.write(octal(size, 11), 124, 'latin1');
  block.write(octal(0, 11), 136, 'latin1');
  block.write('        ', 148, 'latin1');
  block.write(type, 156, 'latin1');
  link?.copy(block, 157, 0, NAME);
  block.write('ustar\x0000', 257, 'latin1');
  let sum = 0;
  for (const byte of block) sum += byte;
  block.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

/** `<length> <key>=<value>\n`, the length counting itself. */
function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3;
  let length = rest + 1;
  while (rest + String(length).length !== length) length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from('\n')]);
}
