import { shortDigest } from '@plimsoll/model';
import { chainOf, groupByPart } from '../../shared/chain.ts';
import type { BaseImageDetector } from '../../types.ts';

/** Images of the index whose layers are the first ones of this image. */
export const chainId: BaseImageDetector = {
  id: 'chain-id',
  detect(image, index) {
    return groupByPart(index.byChainIds(chainOf(image)), image).map((group) => ({
      ...group,
      confidence: 'matched' as const,
      evidence: {
        detector: 'chain-id',
        detail: `its first ${group.layerCount === 1 ? 'layer has' : `${group.layerCount} layers have`} the chain ID ${shortDigest(group.records[0]?.chainId ?? '')} of a known image`,
      },
    }));
  },
};
