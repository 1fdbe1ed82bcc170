import { decompress, detectCompression } from '../../tar/decompress.ts';
import { createTarReader } from '../../tar/reader.ts';
import { collect, readRange } from '../../util/bytes.ts';
import { AppError, isAppError } from '../../util/errors.ts';
import { zippedFiles } from '../../util/zip.ts';
import type { SourceDocument } from '../types.ts';
import { bunzip2 } from './bzip2.ts';

/** Bytes of a document that its layout is told by. */
const HEAD = 64 * 1024;
/** What a document may unpack to, since a few bytes can stand for any number of them; and an archive of documents, as Red Hat has one. */
const MAX_UNPACKED = 8 * 1024 ** 3;
const MAX_ARCHIVE = 64 * 1024 ** 3;
/** Stored bytes of a bzip2 document, which is held whole. */
const MAX_BZIP2 = 512 * 1024 * 1024;

/** The largest file that a layout is told by. */
const MAX_FIRST = 16 * 1024 * 1024;

/** Files of an archive that its layout may be told by. */
const MAX_HEADS = 40;
const JSON_FILE = /\.json$/;
/** What may be a record. Folders that begin with a dot hold none. */
const RECORD = /^(?!(?:.*\/)?\.).*\.(?:json|jsonl|ya?ml)$/;

/** How a document begins. */
export interface DocumentHead {
  readonly name: string;
  readonly head: Uint8Array;
}

/** One JSON file of a document. */
export interface JsonFile {
  readonly name: string;
  /** Throws `LIMIT_EXCEEDED` where it is too large. */
  read(): Promise<Uint8Array>;
}

/** The first bytes of what a document holds: inflated; of a zip or tar, of its first record. Empty where it cannot be read. */
export async function headOf(document: SourceDocument): Promise<DocumentHead> {
  for await (const first of headsOf(document)) return first;
  return { name: document.name, head: new Uint8Array(0) };
}

/** As {@link headOf}, of the first files of a zip or tar: a repository holds other things beside its records. */
export async function* headsOf(document: SourceDocument): AsyncGenerator<DocumentHead> {
  const { file, name } = document;
  const head = (await isZip(file)) ? undefined : await upTo(unpack(file, name), HEAD);
  if (head !== undefined && !isTar(head)) {
    yield { name, head };
    return;
  }
  let left = MAX_HEADS;
  try {
    const files = head === undefined ? zippedRecords(document, MAX_FIRST, RECORD) : tarredFiles(document, MAX_FIRST, RECORD);
    for await (const record of files) {
      yield { name: record.name, head: (await record.read()).subarray(0, HEAD) };
      left -= 1;
      if (left === 0) return;
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

/** A document's bytes, inflated, whole. Throws `LIMIT_EXCEEDED` past `limit`, `ADVISORY_UNREADABLE` where the packing is broken. */
export function readDocument(document: SourceDocument, limit: number): Promise<Uint8Array> {
  return collect(streamDocument(document), limit, document.name);
}

/**
 * A document's bytes as they are inflated: gzip, zstd, bzip2 or plain. Throws `LIMIT_EXCEEDED` past `limit`, `ADVISORY_UNREADABLE` where
 * the packing is broken.
 */
export async function* streamDocument({ file, name }: SourceDocument, limit = MAX_UNPACKED): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of unpack(file, name)) {
      size += chunk.length;
      if (size > limit) throw new AppError('LIMIT_EXCEEDED', `${name} unpacks to more than ${limit} bytes`);
      yield chunk;
    }
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

/** Every JSON of a document: itself, or each file of a zip or tar; `kind` asks for other files than JSON. `limit` bounds each. */
export async function* jsonFiles(document: SourceDocument, limit: number, kind = JSON_FILE): AsyncGenerator<JsonFile> {
  if (await isZip(document.file)) {
    yield* zippedRecords(document, limit, kind);
    return;
  }
  const head = await upTo(unpack(document.file, document.name), HEAD);
  if (isTar(head)) yield* tarredFiles(document, limit, kind);
  else yield { name: document.name, read: () => readDocument(document, limit) };
}

async function* zippedRecords({ file }: SourceDocument, limit: number, kind: RegExp): AsyncGenerator<JsonFile> {
  for (const entry of zippedFiles(file)) {
    if (kind.test(entry.name)) yield { name: entry.name, read: async () => entry.read(limit) };
  }
}

/** Files of a tar as they pass. Throws `TAR_INVALID` where it is broken. */
async function* tarredFiles(document: SourceDocument, limit: number, wanted: RegExp): AsyncGenerator<JsonFile> {
  const files: JsonFile[] = [];
  let name = '';
  let chunks: Uint8Array[] = [];
  const reader = createTarReader({
    entry({ path, kind, size }) {
      if (kind !== 'file' || !wanted.test(path)) return false;
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
  for await (const chunk of streamDocument(document, MAX_ARCHIVE)) {
    reader.push(chunk);
    yield* files.splice(0);
  }
  reader.finish();
  yield* files.splice(0);
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
