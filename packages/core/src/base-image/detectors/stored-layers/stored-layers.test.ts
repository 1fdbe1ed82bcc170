import { describe, expect, it } from 'vitest';
import { chainIds } from '../../../oci/chain-id.ts';
import { sha256 } from '../../../util/hash.ts';
import { FACTS, image, indexOf } from '../../shared/image.fixture.ts';
import type { BaseIndex } from '../../types.ts';
import { storedLayers } from './index.ts';

const base = image('debian:12', ['rootfs', 'ca']);
const mine = image('mine:1', ['rootfs', 'ca', 'app']);
const stored = chainIds(
  base.layers.flatMap(({ digest }) => digest ?? []),
  sha256,
).at(-1);

/** The index as it would be where only manifests were read. */
function manifestsOnly(): BaseIndex {
  const index = indexOf(base);
  const records = index.list().map(({ chainId: _, ...record }) => ({ ...record, chains: { stored } as never }));
  return { ...index, byChain: () => records };
}

describe('stored-layers', () => {
  it('finds a base that is known by its manifest alone', () => {
    expect(storedLayers.detect(mine, manifestsOnly(), FACTS)).toMatchObject([
      { layerCount: 2, confidence: 'matched', records: [{ name: 'debian:12' }] },
    ]);
  });

  it('leaves to others what the uncompressed digests tell', () => {
    expect(storedLayers.detect(mine, indexOf(base), FACTS)).toEqual([]);
  });

  it('does not find an image below itself', () => {
    expect(storedLayers.detect(base, manifestsOnly(), FACTS)).toEqual([]);
  });
});
