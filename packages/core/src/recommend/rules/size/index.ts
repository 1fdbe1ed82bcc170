import { sizeText } from '../../shared/text.ts';
import type { RecommendationRule } from '../../types.ts';

/** Differences below this share of the size are no difference. */
const SIMILAR = 0.03;

/** Smaller images pull faster and hold less. */
export const size: RecommendationRule = {
  id: 'size',
  judge({ facts: { size: candidate } }, { facts: { size: current } }) {
    if (candidate === undefined || current === undefined) return [];
    const smaller = current - candidate;
    if (Math.abs(smaller) <= current * SIMILAR) return [{ kind: 'benefit', text: 'Image has similar size', weight: 0.5 }];
    if (smaller > 0) return [{ kind: 'benefit', text: `Image is smaller by ${sizeText(smaller)}`, weight: 1 }];
    return [{ kind: 'disadvantage', text: `Image is larger by ${sizeText(-smaller)}`, weight: candidate > 3 * current ? -4 : -1 }];
  },
};
