import { decompress } from '../../tar/decompress.ts';
import { collect, readRange } from '../../util/bytes.ts';
import { AppError, isAppError } from '../../util/errors.ts';
import { zippedFiles } from '../../util/zip.ts';
import type { SourceDocument } from '../types.ts';

/** Bytes of a document that its layout is told by. */
const HEAD = 64 * 1024;

/** The first bytes of what a document holds: inflated; of a zip, of its first JSON file. Empty where it cannot be read. */
export async function headOf({ file, name }: SourceDocument): Promise<{ readonly name: string; readonly head: Uint8Array }> {
  if (!(await isZip(file))) return { name, head: await upTo(decompress(readRange(file)), HEAD) };
  try {
    for (const entry of zippedFiles(file)) {
      if (entry.name.endsWith('.json')) return { name: entry.name, head: entry.read(16 * 1024 * 1024).subarray(0, HEAD) };
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
  return { name, head: new Uint8Array(0) };
}

/** A document's bytes, inflated where it is gzip, whole. Throws `LIMIT_EXCEEDED` past `limit`, `ADVISORY_UNREADABLE` where the packing is broken. */
export async function readDocument({ file, name }: SourceDocument, limit: number): Promise<Uint8Array> {
  try {
    return await collect(decompress(readRange(file)), limit, name);
  } catch (cause) {
    if (!isAppError(cause) || cause.code === 'LIMIT_EXCEEDED') throw cause;
    throw new AppError('ADVISORY_UNREADABLE', `${name} cannot be unpacked: ${cause.message}`, { cause });
  }
}

/** Every JSON of a document: itself, or each file of a zip. `limit` bounds each. */
export async function* jsonFiles(
  document: SourceDocument,
  limit: number,
): AsyncGenerator<{ readonly name: string; read(): Promise<Uint8Array> }> {
  if (!(await isZip(document.file))) {
    yield { name: document.name, read: () => readDocument(document, limit) };
    return;
  }
  for (const entry of zippedFiles(document.file)) {
    if (entry.name.endsWith('.json')) yield { name: entry.name, read: async () => entry.read(limit) };
  }
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
