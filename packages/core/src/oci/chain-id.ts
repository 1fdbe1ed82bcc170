import type { ChainId, Digest, Layer } from '@plimsoll/model';

/** DiffID of a layer without entries: what stands for a history entry that made none. */
const EMPTY_LAYER: Digest = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

/**
 * Chain IDs of an image counted in four ways: over what its layers unpack to (`diff`) or as they are stored, with and without its empty
 * layers. Without the digests of stored layers (`docker save`) those two are empty.
 */
export function chainsOf(
  layers: readonly Pick<Layer, 'emptyLayer' | 'diffId' | 'digest'>[],
  sha256: (text: string) => Digest,
): Readonly<Record<'diff' | 'stored' | 'diff+empty' | 'stored+empty', readonly ChainId[]>> {
  const isStored = layers.every(({ emptyLayer, digest }) => emptyLayer || digest !== undefined);
  const count = (key: 'diffId' | 'digest', withEmpty: boolean) =>
    chainIds(
      layers.flatMap((layer) => (layer.emptyLayer ? (withEmpty ? [EMPTY_LAYER] : []) : layer[key] ? [layer[key]] : [])),
      sha256,
    );
  return {
    diff: count('diffId', false),
    stored: isStored ? count('digest', false) : [],
    'diff+empty': count('diffId', true),
    'stored+empty': isStored ? count('digest', true) : [],
  };
}

/**
 * Chain IDs of a run of layers, each a layer on all below it.
 * `chain(L0) = L0`; `chain(L0|L1) = sha256("chain(L0) L1")`, digests written with their prefix.
 * https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid
 */
export function chainIds(diffIds: readonly Digest[], sha256: (text: string) => Digest): readonly ChainId[] {
  const chain: ChainId[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    chain.push(below === undefined ? diffId : sha256(`${below} ${diffId}`));
  }
  return chain;
}
