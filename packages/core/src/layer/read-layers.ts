import { availableParallelism } from 'node:os';
import type { Digest } from '@plimsoll/model';
import type { Image, ImageLayer } from '../image/types.ts';
import { mapConcurrent } from '../util/concurrency.ts';
import { type Context, throwIfCancelled } from '../util/context.ts';
import { layerCacheKey } from './cache-key.ts';
import { type LayerLimits, layerLimits } from './limits.ts';
import { createLayerPool, type LayerPool } from './pool.ts';
import { readLayer } from './read-layer.ts';
import type { LayerCache, LayerFacts } from './types.ts';

/** A thread takes some 50 ms to start: what is smaller is read faster here. */
const WORTH_A_THREAD = 4 * 1024 * 1024;

/**
 * Facts of every layer that is not empty, in order. What the cache has is not read; a layer that stands twice is read once; the others are
 * read side by side, on threads where they lie in a file. Throws as `readLayer` does, and `CANCELLED`.
 */
export async function readLayers(
  image: Image,
  options: { readonly cache: LayerCache; readonly context: Context; readonly concurrency?: number },
): Promise<readonly LayerFacts[]> {
  const { cache, context } = options;
  const concurrency = Math.max(1, options.concurrency ?? availableParallelism());
  const wanted = [...new Map(image.layers.map((layer) => [layer.layer.diffId, layer])).values()];
  const facts = new Map<Digest, LayerFacts>();
  let done = 0;
  const limits = layerLimits(context.env);
  await using pool = createLayerPool(concurrency);

  // The largest first: what is begun last should be short.
  const order = wanted.toSorted((a, b) => b.layer.size - a.layer.size);
  await mapConcurrent(order, concurrency, async (layer) => {
    throwIfCancelled(context);
    const { diffId } = layer.layer;
    const key = layerCacheKey(diffId);
    const kept = await cache.get(key);
    const read = kept ?? (await readOne(layer, { pool, limits, context }));
    if (!kept && !read.changed) await cache.set(key, read);
    facts.set(diffId, read);
    done += 1;
    context.progress({ step: `read ${done} of ${wanted.length} layers`, done: done / wanted.length });
  });
  return image.layers.map(({ layer }) => facts.get(layer.diffId) as LayerFacts);
}

async function readOne(
  layer: ImageLayer,
  { pool, limits, context }: { readonly pool: LayerPool; readonly limits: LayerLimits; readonly context: Context },
): Promise<LayerFacts> {
  const { digest, diffId, size } = layer.layer;
  const range = size >= WORTH_A_THREAD ? await layer.locate() : undefined;
  if (!range) return readLayer(cancellable(layer.read(), context), { digest, diffId, ...(layer.live && { live: true }) }, limits);
  const cancelled = Promise.withResolvers<never>();
  const give = () => cancelled.reject(context.signal?.reason);
  context.signal?.addEventListener('abort', give, { once: true });
  try {
    return await Promise.race([pool.read({ range, digest, diffId, limits }), cancelled.promise]);
  } catch (error) {
    throwIfCancelled(context);
    throw error;
  } finally {
    context.signal?.removeEventListener('abort', give);
  }
}

async function* cancellable(input: AsyncIterable<Uint8Array>, context: Context): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    throwIfCancelled(context);
    yield chunk;
  }
}
