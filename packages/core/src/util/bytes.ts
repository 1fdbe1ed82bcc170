import { open } from 'node:fs/promises';
import { AppError } from './errors.ts';

/** Bytes a file is read in at a time: measured best for feeding gzip. */
const READ_SIZE = 256 * 1024;

/** Collects a stream of bytes. Throws `LIMIT_EXCEEDED` past `limit` bytes, naming `what` was read. */
export async function collect(input: AsyncIterable<Uint8Array>, limit: number, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > limit) throw new AppError('LIMIT_EXCEEDED', `${what} is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Streams a run of bytes of a file; ends early where the file does. Each chunk is a fresh buffer. */
export async function* readRange(file: string, offset = 0, length = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    let position = offset;
    let left = length;
    while (left > 0) {
      const buffer = Buffer.allocUnsafe(Math.min(READ_SIZE, left));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      left -= bytesRead;
      yield bytesRead === buffer.length ? buffer : buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Parses JSON bytes; throws what `fail` makes of the fault. */
export function parseJson(bytes: Uint8Array, fail: (cause: unknown) => Error): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw fail(cause);
  }
}
