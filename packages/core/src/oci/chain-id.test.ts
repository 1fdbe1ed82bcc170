import type { Digest } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../util/hash.ts';
import { chainIds, chainsOf } from './chain-id.ts';

/** A tar without entries: two blocks of zeros. */
const emptyTar = sha256(new Uint8Array(1024));
const [a, b, storedA, storedB] = ['a', 'b', 'stored a', 'stored b'].map((word) => sha256(word)) as [Digest, Digest, Digest, Digest];

describe('chain IDs', () => {
  it('are each over all below', () => {
    expect(chainIds([a, b], sha256)).toEqual([a, sha256(`${a} ${b}`)]);
    expect(chainIds([], sha256)).toEqual([]);
  });

  const layers = [
    { emptyLayer: false, diffId: a, digest: storedA },
    { emptyLayer: true },
    { emptyLayer: false, diffId: b, digest: storedB },
    { emptyLayer: true },
  ];

  it('count empty layers as layers without entries where they are counted', () => {
    expect(chainsOf(layers, sha256)).toEqual({
      diff: chainIds([a, b], sha256),
      stored: chainIds([storedA, storedB], sha256),
      'diff+empty': chainIds([a, emptyTar, b, emptyTar], sha256),
      'stored+empty': chainIds([storedA, emptyTar, storedB, emptyTar], sha256),
    });
  });

  it('over stored layers are unknown where one has no digest', () => {
    const unknown = chainsOf([...layers, { emptyLayer: false, diffId: a }], sha256);
    expect([unknown.stored, unknown['stored+empty']]).toEqual([[], []]);
    expect(unknown.diff).toHaveLength(3);
  });
});
