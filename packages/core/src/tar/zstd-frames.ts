import { AppError } from '../util/errors.ts';

/**
 * Splits a zstd stream into its frames, skippable ones left out. Node's decoder stops after the first frame without a word, and
 * zstd:chunked and parallel compressors write many.
 * Format: https://datatracker.ietf.org/doc/html/rfc8878#section-3.1
 */
export async function* splitZstdFrames(input: AsyncIterable<Uint8Array>): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const reader = createReader(input);
  try {
    yield* splitFrames(reader);
  } finally {
    await reader.close();
  }
}

async function* splitFrames(reader: Reader): AsyncGenerator<AsyncIterable<Uint8Array>> {
  for (;;) {
    const magic = await reader.peek(4);
    if (magic.length === 0) return;
    if (magic.length < 4) throw broken();
    const word = readUint32(magic, 0);
    if (word >>> 4 === 0x184d2a5) {
      const header = await reader.peek(8);
      if (header.length < 8) throw broken();
      await reader.skip(8 + readUint32(header, 4));
    } else if (word === 0xfd2fb528) {
      const frame = readFrame(reader);
      yield frame;
      for await (const _ of frame); // what the consumer left
    } else {
      throw broken();
    }
  }
}

type Reader = ReturnType<typeof createReader>;

async function* readFrame(reader: Reader): AsyncGenerator<Uint8Array> {
  const descriptor = (await reader.peek(5))[4] ?? 0;
  const singleSegment = (descriptor & 0x20) !== 0;
  const contentSize = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  yield await reader.take(5 + (singleSegment ? 0 : 1) + dictionary + contentSize);
  for (let last = false; !last; ) {
    const header = await reader.peek(3);
    if (header.length < 3) throw broken();
    const value = (header[0] as number) | ((header[1] as number) << 8) | ((header[2] as number) << 16);
    last = (value & 1) === 1;
    const type = (value >>> 1) & 3;
    if (type === 3) throw broken();
    yield await reader.take(3 + (type === 1 ? 1 : value >>> 3));
  }
  if (descriptor & 4) yield await reader.take(4);
}

function createReader(input: AsyncIterable<Uint8Array>) {
  const source = input[Symbol.asyncIterator]();
  let buffered: Uint8Array = new Uint8Array(0);

  async function peek(count: number): Promise<Uint8Array> {
    while (buffered.length < count) {
      const { value, done } = await source.next();
      if (done) break;
      buffered = buffered.length === 0 ? value : Buffer.concat([buffered, value]);
    }
    return buffered.subarray(0, count);
  }

  return {
    peek,
    async close(): Promise<void> {
      await source.return?.(undefined);
    },
    async take(count: number): Promise<Uint8Array> {
      const bytes = await peek(count);
      if (bytes.length < count) throw broken();
      buffered = buffered.subarray(count);
      return bytes;
    },
    async skip(count: number): Promise<void> {
      let left = count;
      while (left > 0) {
        const taken = (await peek(Math.min(left, 65_536))).length;
        if (taken === 0) throw broken();
        buffered = buffered.subarray(taken);
        left -= taken;
      }
    },
  };
}

function readUint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, true);
}

function broken(): AppError {
  return new AppError('LAYER_UNREADABLE', 'the zstd data is broken');
}
