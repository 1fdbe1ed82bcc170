import { describe, expect, it } from 'vitest';
import { layerCacheKey } from './cache-key.ts';

const diffId = `sha512:${'a'.repeat(128)}` as const;

describe('the key of a layer’s facts', () => {
  it('names a file, whatever the digest', () => {
    expect(layerCacheKey(diffId)).toMatch(/^[a-z0-9-]{1,200}$/);
  });

  it('tells layers and catalogers apart, and is the same for the same', () => {
    const keys = [
      layerCacheKey(diffId, { apk: 1, dpkg: 1 }),
      layerCacheKey(diffId, { apk: 1, dpkg: 2 }),
      layerCacheKey(diffId, { apk: 1 }),
      layerCacheKey(`sha256:${'a'.repeat(64)}`, { apk: 1, dpkg: 1 }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(layerCacheKey(diffId, { apk: 1, dpkg: 1 })).toBe(keys[0]);
  });
});
