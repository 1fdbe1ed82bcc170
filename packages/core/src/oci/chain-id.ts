import type { ChainId, Digest } from '@plimsoll/model';

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
