import { stat } from 'node:fs/promises';
import path from 'node:path';
import { decompress, detectCompression } from '../../tar/decompress.ts';
import { indexTarFile, type LocatedEntry } from '../../tar/index-file.ts';
import { collect, readRange } from '../../util/bytes.ts';
import { AppError, isAppError, messageOf } from '../../util/errors.ts';
import { resolveLink } from '../../util/path.ts';
import type { FileRange } from '../types.ts';
import { MAX_SPOOL, type Spool, spool } from './spool.ts';

/** Files of a folder or of a tar, read in place. */
export interface FileSet extends AsyncDisposable {
  /** Where a file lies; undefined where it is not there. */
  locate(name: string): Promise<FileRange | undefined>;
}

/** Bytes for each stored one, once the first 64 MiB are out: more than gzip can, far more than tars of images give. */
const MAX_RATIO = 1100;
const RATIO_GRACE = 64 * 1024 ** 2;
const MAX_LINKS = 10;

/** Files below a folder. Names are made by us from digests or are constants, never taken from the folder's documents. */
export function folderFiles(folder: string): FileSet {
  return {
    async locate(name) {
      const file = path.join(folder, ...name.split('/'));
      const found = await stat(file).catch(() => undefined);
      return found?.isFile() ? { file, offset: 0, length: found.size } : undefined;
    },
    async [Symbol.asyncDispose]() {},
  };
}

/**
 * Files in a tar. A compressed tar is inflated once into a temporary file, which goes when the set is disposed of.
 * Throws `ARCHIVE_UNREADABLE` where it is no tar at all.
 */
export async function tarFiles(file: string): Promise<FileSet & { readonly entries: ReadonlyMap<string, LocatedEntry> }> {
  const packed = detectCompression(await headOf(file)) !== 'none';
  const inflated = packed ? await inflateToTemporary(file) : undefined;
  const plain = inflated?.file ?? file;
  try {
    const entries = await indexTarFile(plain).catch((cause: unknown) => {
      if (isAppError(cause, 'LIMIT_EXCEEDED')) throw cause;
      throw new AppError('ARCHIVE_UNREADABLE', `${file} is no tar archive that can be read`, { cause, hint: 'make it with docker save' });
    });
    if (entries.size === 0) throw new AppError('ARCHIVE_UNREADABLE', `${file} holds nothing`, { hint: 'make it with docker save' });
    return {
      entries,
      async locate(name) {
        const entry = follow(entries, name);
        return entry && { file: plain, offset: entry.offset, length: entry.size };
      },
      async [Symbol.asyncDispose]() {
        await inflated?.remove();
      },
    };
  } catch (error) {
    await inflated?.remove();
    throw error;
  }
}

/** Reads a small file whole. Undefined where it is not there; `LIMIT_EXCEEDED` past `limit` bytes. */
export async function readSmall(files: FileSet, name: string, limit: number): Promise<Uint8Array | undefined> {
  const range = await files.locate(name);
  return range && collect(readRange(range.file, range.offset, range.length), limit, name);
}

/** Identical layers of old archives are links to the first: https://github.com/moby/moby/blob/v20.10.0/image/tarexport/save.go */
function follow(entries: ReadonlyMap<string, LocatedEntry>, name: string): LocatedEntry | undefined {
  let at = name;
  for (let hops = 0; hops < MAX_LINKS; hops += 1) {
    const entry = entries.get(at);
    if (entry?.kind === 'file') return entry;
    if (entry?.kind === 'symlink') at = resolveLink(at, entry.link ?? '');
    else if (entry?.kind === 'hardlink') at = entry.link ?? '';
    else return undefined;
  }
  return undefined;
}

async function headOf(file: string): Promise<Uint8Array> {
  for await (const chunk of readRange(file, 0, 8)) return chunk;
  return new Uint8Array(0);
}

async function inflateToTemporary(file: string): Promise<Spool> {
  const most = Math.min(MAX_SPOOL, Math.max(RATIO_GRACE, (await stat(file)).size * MAX_RATIO));
  try {
    return await spool(decompress(readRange(file)), { kind: 'archive', what: `${file}, inflated,`, most });
  } catch (error) {
    if (!isAppError(error, 'LAYER_UNREADABLE')) throw error;
    throw new AppError('ARCHIVE_UNREADABLE', `${file} cannot be unpacked: ${messageOf(error)}`, {
      cause: error,
      hint: 'was it copied in full?',
    });
  }
}
