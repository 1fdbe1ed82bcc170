import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LayerFacts } from '../layer/types.ts';
import { createLayerCache, createMemoryLayerCache, layerCacheUsage, pruneLayerCache } from './layer-cache.ts';

const facts: LayerFacts = {
  diffId: `sha256:${'a'.repeat(64)}`,
  tarBytes: 1,
  entries: [{ path: 'ü', kind: 'file', size: 3 }],
  files: [],
  diagnostics: [],
  skippedFiles: 0,
  unreadableFiles: 0,
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ['in a folder', () => createLayerCache(path.join(folder, 'layers'))],
  ['in memory', () => createMemoryLayerCache()],
])('a layer cache %s', (_name, open) => {
  it('gives back what it was given, and nothing else', async () => {
    const cache = open();
    await cache.set('one', facts);
    expect(await cache.get('one')).toEqual(facts);
    expect(await cache.get('two')).toBeUndefined();
  });
});

describe('a layer cache in a folder', () => {
  it('takes a broken file for none, and writes it anew', async () => {
    const cache = createLayerCache(folder);
    await writeFile(path.join(folder, 'one.json.zst'), 'broken');
    expect(await cache.get('one')).toBeUndefined();
    await cache.set('one', facts);
    expect(await cache.get('one')).toEqual(facts);
  });

  it('loses no run where it cannot write', async () => {
    await writeFile(path.join(folder, 'file'), '');
    await expect(createLayerCache(path.join(folder, 'file')).set('one', facts)).resolves.toBeUndefined();
  });

  it('says what it holds, and can be emptied', async () => {
    const cache = createLayerCache(folder);
    await cache.set('one', facts);
    await cache.set('two', facts);
    expect(await layerCacheUsage(folder)).toMatchObject({ layers: 2 });
    expect(await pruneLayerCache(folder)).toMatchObject({ layers: 2 });
    expect(await readdir(folder)).toEqual([]);
    expect(await layerCacheUsage(path.join(folder, 'absent'))).toEqual({ layers: 0, bytes: 0 });
  });
});
