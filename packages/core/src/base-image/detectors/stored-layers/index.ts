import { chainIds } from '../../../oci/chain-id.ts';
import { sha256 } from '../../../util/hash.ts';
import type { BaseClaim, BaseImageDetector } from '../../types.ts';

/** Images of the index whose layers, as they are stored, are the first ones of this image: for records that know no uncompressed digests. */
export const storedLayers: BaseImageDetector = {
  id: 'stored-layers',
  detect(image, index) {
    const stored = image.layers.flatMap(({ digest, chainId }) => (digest ? [{ digest, chainId }] : []));
    const chain = chainIds(
      stored.map(({ digest }) => digest),
      sha256,
    );
    const found = index.byChain('stored', chain).filter(({ digest, chainId, layerCount, chains }) => {
      const isBelow = chains?.stored !== undefined && chain[layerCount - 1] === chains.stored && layerCount < chain.length;
      // What the uncompressed digests tell is told by another detector.
      return isBelow && digest !== image.digest && stored[layerCount - 1]?.chainId !== chainId;
    });
    return [...Map.groupBy(found, ({ layerCount }) => layerCount)].map(
      ([layerCount, records]): BaseClaim => ({
        layerCount,
        historyCount: 0,
        records,
        confidence: 'matched',
        evidence: {
          detector: 'stored-layers',
          detail: `its first ${layerCount === 1 ? 'layer is' : `${layerCount} layers are`} stored as those of a known image`,
        },
      }),
    );
  },
};
