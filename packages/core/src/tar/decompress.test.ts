import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Packing, pack } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompress, detectCompression } from './decompress.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function inflate(bytes: Uint8Array, size = 65_536): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(decompress(inPieces(bytes, size))));
}

/** Compressible, and larger than one block of zstd. */
const text = Buffer.from(Array.from({ length: 60_000 }, (_, line) => `line ${line * 7919}\n`).join(''));

describe('whatever the packing', () => {
  it.each<Packing>(['none', 'gzip', 'gzip-members', 'zstd', 'zstd-frames'])('%s gives the bytes that were packed', async (packing) => {
    for (const [bytes, ...sizes] of [
      [text, 65_536, 9000],
      [text.subarray(0, 3000), 1000, 7, 1],
      [text.subarray(0, 1), 1],
      [text.subarray(0, 0), 1],
    ] as const) {
      const packed = pack(bytes, packing);
      for (const size of sizes) expect((await inflate(packed, size)).equals(bytes)).toBe(true);
    }
  });

  it('any bytes, in pieces of any size', async () => {
    const packing = fc.constantFrom<Packing>('gzip', 'gzip-members', 'zstd', 'zstd-frames');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), packing, fc.integer({ min: 1, max: 3000 }), async (bytes, how, size) => {
        expect(await inflate(pack(bytes, how), size)).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 60 },
    );
  });

  it('a skippable frame first', async () => {
    const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    expect(await inflate(Buffer.concat([skippable, zstdCompressSync('text'), skippable, zstdCompressSync(' and more')]))).toEqual(
      Buffer.from('text and more'),
    );
  });

  it('many thousand frames, as zstd:chunked writes them, in a moment', async () => {
    const frame = zstdCompressSync(Buffer.alloc(2000, 'x'));
    const started = performance.now();
    expect((await inflate(Buffer.concat(Array.from({ length: 5000 }, () => frame)))).length).toBe(10_000_000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('a small frame that inflates to much comes in pieces', async () => {
    const packed = zstdCompressSync(Buffer.alloc(40_000_000));
    expect(packed.length).toBeLessThan(128 * 1024);
    let largest = 0;
    let total = 0;
    for await (const chunk of decompress(inPieces(packed, 65_536))) {
      largest = Math.max(largest, chunk.length);
      total += chunk.length;
    }
    expect(total).toBe(40_000_000);
    expect(largest).toBeLessThanOrEqual(8 * 1024 * 1024);
  });

  it('input is read to its end, so that its digest can be told, with zeros after the gzip data too', async () => {
    const packed = Buffer.concat([gzipSync(text), Buffer.alloc(100_000)]);
    let read = 0;
    const counted = async function* () {
      for await (const chunk of inPieces(packed, 1000)) {
        read += chunk.length;
        yield chunk;
      }
    };
    expect(Buffer.concat(await Array.fromAsync(decompress(counted()))).equals(text)).toBe(true);
    expect(read).toBe(packed.length);
  });
});

describe('what is broken', () => {
  it.each<Packing>(['gzip', 'zstd', 'zstd-frames', 'gzip-members'])('%s that stops is never taken for whole', async (packing) => {
    const packed = pack(text.subarray(0, 20_000), packing);
    // Between two frames or members nothing is cut: what is left is whole by itself, and only the diffID can tell.
    const cuts = [5, packed.length >> 1, packed.length - 1].filter((length) => !packing.includes('-') || length === 5);
    for (const length of cuts) await expect(inflate(packed.subarray(0, length))).rejects.toMatchObject({ code: 'LAYER_UNREADABLE' });
  });

  it.each<Packing>(['gzip', 'zstd'])('%s with other bytes in it', async (packing) => {
    const packed = Buffer.from(pack(text, packing));
    packed.fill(0xa5, packed.length >> 1, (packed.length >> 1) + 100);
    await expect(inflate(packed)).rejects.toMatchObject({ code: 'LAYER_UNREADABLE' });
  });

  it('something else after a zstd frame', async () => {
    await expect(inflate(Buffer.concat([zstdCompressSync('x'), Buffer.from('trailing')]))).rejects.toMatchObject({
      code: 'LAYER_UNREADABLE',
    });
  });

  it('any bytes behind a magic number: read, or refused in words', async () => {
    const magic = fc.constantFrom([0x1f, 0x8b, 8, 0], [0x28, 0xb5, 0x2f, 0xfd], [0x50, 0x2a, 0x4d, 0x18]);
    await fc.assert(
      fc.asyncProperty(magic, fc.uint8Array({ maxLength: 200 }), async (head, rest) => {
        const result = await inflate(Buffer.concat([Buffer.from(head), rest])).catch((error: unknown) => error);
        if (!Buffer.isBuffer(result)) expect(result).toMatchObject({ code: 'LAYER_UNREADABLE' });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39]],
  ])('%s is named and refused, and the input is let go', async (name, bytes) => {
    let released = false;
    const input = (async function* () {
      try {
        yield Buffer.from(bytes);
      } finally {
        released = true;
      }
    })();
    await expect(Array.fromAsync(decompress(input))).rejects.toMatchObject({
      code: 'COMPRESSION_UNSUPPORTED',
      message: expect.stringContaining(name),
    });
    expect(released).toBe(true);
  });

  it('a fault of the input is passed on as it is', async () => {
    const fault = new Error('disk on fire');
    const input = (async function* () {
      yield gzipSync(text).subarray(0, 100);
      throw fault;
    })();
    await expect(Array.fromAsync(decompress(input))).rejects.toMatchObject({ message: expect.stringContaining('disk on fire') });
  });
});

it.each<Packing>(['none', 'gzip', 'zstd', 'zstd-frames'])('who stops reading lets the input go (%s)', async (packing) => {
  let released = false;
  const packed = pack(text, packing);
  const input = (async function* () {
    try {
      for (;;) yield* inPieces(packed, 1000);
    } finally {
      released = true;
    }
  })();
  for await (const _ of decompress(input)) break;
  await expect.poll(() => released).toBe(true);
});

it('tells a packing by its first bytes', () => {
  expect(['none', 'gzip', 'zstd'].map((name) => detectCompression(pack(text, name as Packing)))).toEqual(['none', 'gzip', 'zstd']);
  expect(detectCompression(new Uint8Array(0))).toBe('none');
});
