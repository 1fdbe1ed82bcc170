import { countText } from '../../shared/text.ts';
import type { RecommendationRule } from '../../types.ts';

/** What is not there needs no fixes. */
export const packages: RecommendationRule = {
  id: 'packages',
  judge({ facts: { packages: candidate } }, { facts: { packages: current } }) {
    if (candidate === undefined || current === undefined) return [];
    const fewer = current - candidate;
    if (fewer === 0) return [{ kind: 'benefit', text: 'Image contains equal number of packages', weight: 0.5 }];
    if (fewer > 0)
      return [{ kind: 'benefit', text: `Image contains ${countText(fewer, 'fewer package')}`, weight: Math.min(2, fewer / 50) }];
    return [{ kind: 'disadvantage', text: `Image contains ${countText(-fewer, 'more package')}`, weight: Math.max(-2, fewer / 50) }];
  },
};
