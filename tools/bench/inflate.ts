import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { MadeImage, Packing } from './image.ts';

/**
 * Seconds that inflating and hashing alone take: stored bytes hashed, inflated and hashed again, layer by layer on one core. The least a reader of
 * the image could need on two cores is the larger of its largest layer and half of all.
 */
export async function inflateAlone({ layers }: MadeImage, packing: Packing): Promise<number> {
  const seconds: number[] = [];
  for (const layer of layers) {
    const start = performance.now();
    const stored = createHash('sha256');
    const inflated = createHash('sha256');
    const engine = packing === 'gzip' ? createGunzip({ chunkSize: 1 << 20 }) : createZstdDecompress({ chunkSize: 1 << 20 });
    const input = createReadStream(layer, { highWaterMark: 1 << 18 });
    input.on('data', (chunk) => stored.update(chunk));
    await pipeline(input, engine, async (chunks) => {
      for await (const chunk of chunks) inflated.update(chunk);
    });
    seconds.push((performance.now() - start) / 1000);
  }
  return Math.max(...seconds, seconds.reduce((sum, one) => sum + one, 0) / 2);
}
