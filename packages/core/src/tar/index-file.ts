import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../util/errors.ts';
import { createExtensions, isExtension } from './extensions.ts';
import { BLOCK, parseHeader } from './header.ts';
import type { TarEntry } from './types.ts';

/** An entry and where its content lies in the tar's file. */
export type LocatedEntry = TarEntry & { readonly offset: number };

const MAX_ENTRIES = 2_000_000;
const MAX_EXTENSION = 1024 * 1024;

/**
 * Walks the headers of a plain tar file, skipping over content: entries by path, the last of a name winning.
 * Throws `TAR_INVALID` or `LIMIT_EXCEEDED`.
 */
export async function indexTarFile(file: string): Promise<ReadonlyMap<string, LocatedEntry>> {
  const handle = await open(file, 'r');
  try {
    return await walk(handle);
  } finally {
    await handle.close();
  }
}

async function walk(handle: FileHandle): Promise<ReadonlyMap<string, LocatedEntry>> {
  const entries = new Map<string, LocatedEntry>();
  const extensions = createExtensions();
  const { size: end } = await handle.stat();
  let position = 0;
  for (let count = 0; position + BLOCK <= end; ) {
    const header = parseHeader(await read(handle, position, BLOCK));
    position += BLOCK;
    if (!header) continue;
    count += 1;
    if (count > MAX_ENTRIES) throw new AppError('LIMIT_EXCEEDED', `the tar has more than ${MAX_ENTRIES} entries`);
    if (isExtension(header)) {
      if (header.size > MAX_EXTENSION) throw new AppError('LIMIT_EXCEEDED', `a tar header is larger than ${MAX_EXTENSION} bytes`);
      extensions.note(header, await read(handle, position, header.size));
      position += padded(header.size);
      continue;
    }
    for (let more = header.extended; more; position += BLOCK) more = (await read(handle, position, BLOCK))[504] === 1;
    const { entry, stored } = extensions.apply(header);
    if (position + stored > end) throw new AppError('TAR_INVALID', `the tar stops in the middle of ${entry.path}`);
    entries.set(entry.path, { ...entry, offset: position });
    position += padded(stored);
  }
  return entries;
}

async function read(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead < length) throw new AppError('TAR_INVALID', 'the tar stops in the middle of an entry');
  return buffer;
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}
