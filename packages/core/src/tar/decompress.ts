import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress, zstdDecompressSync } from 'node:zlib';
import { AppError, messageOf } from '../util/errors.ts';
import { splitZstdFrames } from './zstd-frames.ts';

/** How bytes are packed. */
export type Compression = 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'none';

/** Stored bytes of a frame up to which it is inflated in one call, and what may come of it. */
const SMALL_FRAME = 128 * 1024;
const MAX_PIECE = 8 * 1024 * 1024;

/** Told by the first bytes, whatever a media type says. */
export function detectCompression(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd && head[0] === 0x28) return 'zstd';
  if (head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18 && ((head[0] ?? 0) & 0xf0) === 0x50) return 'zstd'; // a skippable frame first
  if (head[0] === 0xfd && head[1] === 0x37 && head[2] === 0x7a && head[3] === 0x58) return 'xz';
  if (head[0] === 0x42 && head[1] === 0x5a && head[2] === 0x68) return 'bzip2';
  return 'none';
}

/**
 * Inflates a stream that may be gzip, zstd or plain, whichever its first bytes say.
 * Throws `COMPRESSION_UNSUPPORTED` for xz and bzip2, `LAYER_UNREADABLE` where the packing is broken.
 */
export async function* decompress(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = input[Symbol.asyncIterator]();
  const head = await firstBytes(source, 4);
  const whole = chain(head, source);
  switch (detectCompression(head)) {
    case 'none':
      yield* whole;
      return;
    case 'gzip':
      // Large chunks halve the time: 586 MB/s against 265 at the default 16 KiB.
      yield* inflate(whole, createGunzip({ chunkSize: 1 << 20, readableHighWaterMark: 4 << 20 } as object), 'gzip');
      return;
    case 'zstd':
      for await (const frame of splitZstdFrames(whole)) yield* inflateFrame(frame);
      return;
    default:
      await source.return?.(undefined);
      throw new AppError('COMPRESSION_UNSUPPORTED', `the data is packed with ${detectCompression(head)}`, {
        hint: 'unpack it first, or pack it with gzip or zstd',
      });
  }
}

/** zstd:chunked has a frame for each file: an engine for each would take half a millisecond, so small ones go in one call. */
async function* inflateFrame(frame: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = frame[Symbol.asyncIterator]();
  const head = await firstBytes(source, SMALL_FRAME);
  const whole = head.length < SMALL_FRAME ? inflateWhole(head) : undefined;
  if (whole) yield whole;
  else yield* inflate(chain(head, source), createZstdDecompress({ chunkSize: 1 << 20 }), 'zstd');
}

/** Undefined where it inflates to too much for one piece. */
function inflateWhole(frame: Uint8Array): Uint8Array | undefined {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: MAX_PIECE });
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw new AppError('LAYER_UNREADABLE', `the zstd data is broken: ${messageOf(cause)}`, { cause });
  }
}

async function* inflate(input: AsyncIterable<Uint8Array>, engine: Transform, name: string): AsyncGenerator<Uint8Array> {
  const fed = pipeline(Readable.from(input, { objectMode: true, highWaterMark: 4 }), engine);
  fed.catch(() => {}); // seen below: it destroys the engine
  try {
    for await (const chunk of engine) yield chunk;
    await fed;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('LAYER_UNREADABLE', `the ${name} data is broken: ${messageOf(cause)}`, { cause });
  } finally {
    engine.destroy();
  }
}

async function firstBytes(source: AsyncIterator<Uint8Array>, count: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let length = 0; length < count; ) {
    const { value, done } = await source.next();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}

async function* chain(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const { value, done } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest.return?.();
  }
}
