import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as pause } from 'node:timers/promises';
import { type Context, throwIfCancelled } from '../../../util/context.ts';
import { AppError, messageOf } from '../../../util/errors.ts';
import { BLOCK, headersOf, paddingOf } from './tar-header.ts';
import { type FolderEntry, fileOf } from './walk.ts';

/** Bytes a chunk may have. */
const CHUNK = 256 * 1024;
/** Chunks after which others may go on, so that a person who gives up is heard. */
const TURN = 16;
/** A file past this tells of no package; disk images and dumps are that large. */
const MAX_FILE = 4 * 1024 ** 3;
const MAX_TOTAL = 64 * 1024 ** 3;

/**
 * A folder as a tar, when it is read first: takes entries as they are found, notes the size of each in it, and keeps those that could be opened.
 * What cannot be opened is told and left out. A chunk is good until the next is asked for. Throws `LIMIT_EXCEEDED`, `CANCELLED`.
 */
export async function* readFirst(
  { root, entries, kept }: { readonly root: string; readonly entries: Iterable<FolderEntry>; readonly kept: FolderEntry[] },
  tell: (path: string, why: string) => void,
  context: Context,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  function* opened(): Generator<{ readonly entry: FolderEntry; readonly handle: number | undefined }> {
    for (const entry of entries) {
      let handle: number | undefined;
      try {
        if (entry.kind === 'file') handle = openAsFound(root, entry);
      } catch (error) {
        tell(entry.path.toString(), messageOf(error));
        continue;
      }
      total += entry.size;
      if (total > MAX_TOTAL) {
        if (handle !== undefined) closeSync(handle);
        throw new AppError('LIMIT_EXCEEDED', `${root} holds more than ${MAX_TOTAL} bytes`);
      }
      kept.push(entry);
      yield { entry, handle };
    }
  }
  yield* toTar(opened(), context, { reuse: true });
}

/** The folder again: the same entries with the sizes they had. A file that has gone or shrunk is filled up with zeros; what it has more is left out. */
export async function* readAgain(root: string, kept: readonly FolderEntry[], context: Context): AsyncGenerator<Uint8Array> {
  function* opened(): Generator<{ readonly entry: FolderEntry; readonly handle: number | undefined }> {
    for (const entry of kept) yield { entry, handle: entry.kind === 'file' ? openQuietly(root, entry) : undefined };
  }
  yield* toTar(opened(), context);
}

async function* toTar(
  opened: Iterable<{ readonly entry: FolderEntry; readonly handle: number | undefined }>,
  context: Context,
  { reuse = false }: { readonly reuse?: boolean } = {},
): AsyncGenerator<Uint8Array> {
  let chunk = Buffer.allocUnsafe(CHUNK);
  let filled = 0;
  let turns = 0;
  for (const { entry, handle } of opened) {
    try {
      const header = headersOf(entry);
      if (filled + header.length > CHUNK) yield await flush();
      filled += header.copy(chunk, filled);
      let isThere = handle !== undefined;
      for (let left = entry.size + paddingOf(entry.size); left > 0; ) {
        if (filled === CHUNK) yield await flush();
        const content = Math.max(0, left - paddingOf(entry.size));
        const wanted = Math.min(content > 0 ? content : left, CHUNK - filled);
        const read = isThere && content > 0 ? readSome(handle as number, chunk, filled, wanted) : 0;
        if (read === 0) chunk.fill(0, filled, filled + wanted);
        if (read === 0 && content > 0) isThere = false;
        filled += read || wanted;
        left -= read || wanted;
      }
    } finally {
      if (handle !== undefined) closeSync(handle);
    }
  }
  if (filled + 2 * BLOCK > CHUNK) yield await flush();
  chunk.fill(0, filled, filled + 2 * BLOCK);
  yield chunk.subarray(0, filled + 2 * BLOCK);

  async function flush(): Promise<Uint8Array> {
    throwIfCancelled(context);
    turns += 1;
    if (turns % TURN === 0) await pause();
    const full = chunk.subarray(0, filled);
    if (!reuse) chunk = Buffer.allocUnsafe(CHUNK);
    filled = 0;
    return full;
  }
}

/** Never through a link, and never waiting for a pipe that took the file's place. */
function openAsFound(root: string, entry: FolderEntry): number {
  const handle = openSync(fileOf(root, entry.path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const found = fstatSync(handle);
  if (found.isFile() && found.size <= MAX_FILE) {
    entry.size = found.size;
    entry.executable = (found.mode & 0o111) !== 0;
    return handle;
  }
  closeSync(handle);
  throw new Error(found.isFile() ? `it has ${found.size} bytes` : 'it is no file any more');
}

function openQuietly(root: string, entry: FolderEntry): number | undefined {
  try {
    return openSync(fileOf(root, entry.path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

function readSome(handle: number, chunk: Buffer, at: number, wanted: number): number {
  try {
    return readSync(handle, chunk, at, wanted, null);
  } catch {
    return 0;
  }
}
