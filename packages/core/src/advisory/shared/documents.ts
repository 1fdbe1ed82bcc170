import { decompress, detectCompression } from '../../tar/decompress.ts';
import { createTarReader } from '../../tar/reader.ts';
import { collect, readRange } from '../../util/bytes.ts';
import { AppError, isAppError } from '../../util/errors.ts';
import { zippedFiles } from '../../util/zip.ts';
import type { SourceDocument } from '../types.ts';
import { bunzip2 } from './bzip2.ts';

/** Bytes of a document that its layout is told by. */
const HEAD = 64 * 1024;
/** Stored bytes of a bzip2 document, which is held whole. */
const MAX_BZIP2 = 512 * 1024 * 1024;

/** The largest file that a layout is told by. */
const MAX_FIRST = 16 * 1024 * 1024;

/** One JSON file of a document. */
export interface JsonFile {
  readonly name: string;
  /** Throws `LIMIT_EXCEEDED` where it is too large. */
  read(): Promise<Uint8Array>;
}

/** The first bytes of what a document holds: inflated; of a zip or tar, of its first JSON file. Empty where it cannot be read. */
export async function headOf({ file, name }: SourceDocument): Promise<{ readonly name: string; readonly head: Uint8Array }> {
  if (!(await isZip(file))) {
    const head = await upTo(unpack(file, name), HEAD);
    return isTar(head) ? await firstOfTar({ file, name }, head) : { name, head };
  }
  try {
    for (const entry of zippedFiles(file)) {
      if (entry.name.endsWith('.json')) return { name: entry.name, head: entry.read(MAX_FIRST).subarray(0, HEAD) };
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
  return { name, head: new Uint8Array(0) };
}

/** A document's bytes, inflated, whole. Throws `LIMIT_EXCEEDED` past `limit`, `ADVISORY_UNREADABLE` where the packing is broken. */
export function readDocument(document: SourceDocument, limit: number): Promise<Uint8Array> {
  return collect(streamDocument(document), limit, document.name);
}

/** A document's bytes as they are inflated: gzip, zstd, bzip2 or plain. Throws `ADVISORY_UNREADABLE` where the packing is broken. */
export async function* streamDocument({ file, name }: SourceDocument): AsyncGenerator<Uint8Array> {
  try {
    yield* unpack(file, name);
  } catch (cause) {
    if (!isAppError(cause) || cause.code === 'LIMIT_EXCEEDED') throw cause;
    throw new AppError('ADVISORY_UNREADABLE', `${name} cannot be unpacked: ${cause.message}`, { cause });
  }
}

async function* unpack(file: string, name: string): AsyncGenerator<Uint8Array> {
  const head = await upTo(readRange(file, 0, 16), 16);
  if (detectCompression(head) === 'bzip2') yield* bunzip2(await collect(readRange(file), MAX_BZIP2, name));
  else yield* decompress(readRange(file));
}

/** Every JSON of a document: itself, or each file of a zip or tar. `limit` bounds each. */
export async function* jsonFiles(document: SourceDocument, limit: number): AsyncGenerator<JsonFile> {
  if (await isZip(document.file)) {
    for (const entry of zippedFiles(document.file)) {
      if (entry.name.endsWith('.json')) yield { name: entry.name, read: async () => entry.read(limit) };
    }
    return;
  }
  const head = await upTo(unpack(document.file, document.name), HEAD);
  if (isTar(head)) yield* tarredFiles(document, limit);
  else yield { name: document.name, read: () => readDocument(document, limit) };
}

/** Files of a tar as they pass. Throws `TAR_INVALID` where it is broken. */
async function* tarredFiles(document: SourceDocument, limit: number): AsyncGenerator<JsonFile> {
  const files: JsonFile[] = [];
  let name = '';
  let chunks: Uint8Array[] = [];
  const reader = createTarReader({
    entry({ path, kind, size }) {
      if (kind !== 'file' || !path.endsWith('.json')) return false;
      name = path;
      if (size <= limit) return true;
      files.push({ name: path, read: () => Promise.reject(new AppError('LIMIT_EXCEEDED', `${path} is larger than ${limit} bytes`)) });
      return false;
    },
    data: (chunk) => {
      chunks.push(chunk.slice());
    },
    end() {
      const content = Buffer.concat(chunks);
      files.push({ name, read: async () => content });
      chunks = [];
    },
  });
  for await (const chunk of streamDocument(document)) {
    reader.push(chunk);
    yield* files.splice(0);
  }
  reader.finish();
  yield* files.splice(0);
}

async function firstOfTar(document: SourceDocument, head: Uint8Array): Promise<{ readonly name: string; readonly head: Uint8Array }> {
  try {
    for await (const { name, read } of tarredFiles(document, MAX_FIRST)) return { name, head: (await read()).subarray(0, HEAD) };
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
  return { name: document.name, head };
}

function isTar(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar';
}

async function isZip(file: string): Promise<boolean> {
  for await (const chunk of readRange(file, 0, 4)) return chunk[0] === 0x50 && chunk[1] === 0x4b;
  return false;
}

async function upTo(input: AsyncIterable<Uint8Array>, count: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of input) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= count) break;
    }
  } catch {
    // a head that cannot be inflated is no layout we know
  }
  return Buffer.concat(chunks).subarray(0, count);
}

/** Text of a document. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
