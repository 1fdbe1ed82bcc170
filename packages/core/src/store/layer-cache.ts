import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { LayerCache, LayerFacts } from '../layer/types.ts';

const pack = promisify(zstdCompress);
const unpack = promisify(zstdDecompress);
const ENDING = '.json.zst';
/** Of what is remembered of an image beside its layers. */
export const IMAGE_ENDING = '.image.json';
/** Facts of the largest layers met are some 300 MB of JSON. */
const MAX_FACTS = 2 * 1024 ** 3;

/**
 * Layer facts as files of a folder, which is made when it is first needed. A file that cannot be read is as good as absent, and a full
 * disk costs the cache, not the run.
 */
export function createLayerCache(folder: string): LayerCache {
  const fileOf = (key: string) => path.join(folder, `${key}${ENDING}`);
  return {
    async get(key) {
      try {
        const packed = await readFile(fileOf(key));
        return JSON.parse((await unpack(packed, { maxOutputLength: MAX_FACTS })).toString()) as LayerFacts;
      } catch {
        return undefined;
      }
    },
    async set(key, facts) {
      const temporary = path.join(folder, `${randomUUID()}.tmp`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(temporary, await pack(JSON.stringify(facts)));
        await rename(temporary, fileOf(key));
      } catch {
        await rm(temporary, { force: true }).catch(() => {});
      }
    },
  };
}

/** Layer facts in memory, for tests and for one run. */
export function createMemoryLayerCache(): LayerCache {
  const kept = new Map<string, LayerFacts>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, facts) => void kept.set(key, facts),
  };
}

/** How many layers a cache folder holds, and their bytes on disk. */
export async function layerCacheUsage(folder: string): Promise<{ readonly layers: number; readonly bytes: number }> {
  const names = await cacheFiles(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  return { layers: names.filter((name) => !name.endsWith(IMAGE_ENDING)).length, bytes: sizes.reduce((total, size) => total + size, 0) };
}

/** Empties a cache folder; says what was freed. */
export async function pruneLayerCache(folder: string): Promise<{ readonly layers: number; readonly bytes: number }> {
  const usage = await layerCacheUsage(folder);
  for (const name of await cacheFiles(folder)) await rm(path.join(folder, name), { force: true });
  return usage;
}

async function cacheFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(ENDING) || name.endsWith(IMAGE_ENDING) || name.endsWith('.tmp'));
}
