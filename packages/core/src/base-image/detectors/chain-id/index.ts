import { shortDigest } from '@plimsoll/model';
import { chainOf, isBelow } from '../../shared/chain.ts';
import type { BaseImageDetector } from '../../types.ts';

/** Images of the index whose layers are the first ones of this image. */
export const chainId: BaseImageDetector = {
  id: 'chain-id',
  detect(image, index) {
    const records = index.byChainIds(chainOf(image)).filter((record) => isBelow(record, image));
    // One chain is one place in the hierarchy; a longer history on the same chain is a place of its own.
    const places = Map.groupBy(records, ({ layerCount, historyCount }) => `${layerCount} ${historyCount}`);
    return [...places.values()].map((found) => ({
      layerCount: found[0]?.layerCount ?? 0,
      records: found,
      confidence: 'matched' as const,
      evidence: {
        detector: 'chain-id',
        detail: `its ${found[0]?.layerCount} layers have the chain ID ${shortDigest(found[0]?.chainId ?? '')} of a known image`,
      },
    }));
  },
};
