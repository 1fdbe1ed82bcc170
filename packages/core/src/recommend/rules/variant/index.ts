import { parseTag } from '../../shared/tag.ts';
import type { RecommendationRule } from '../../types.ts';

/** The variant that the tag names: slim, alpine, a codename. */
export const variant: RecommendationRule = {
  id: 'variant',
  judge({ record: { tag: offered } }, { record: { tag: used } }) {
    const candidate = parseTag(offered).variant;
    const current = parseTag(used).variant;
    if (candidate === current)
      return [{ kind: 'benefit', text: candidate === '' ? 'Same variant' : `Same variant: ${candidate}`, weight: 1 }];
    const slims = hasSlim(candidate) && !hasSlim(current);
    if (slims) return [{ kind: 'benefit', text: 'Tag is using slim variant', weight: 0.5 }];
    return [{ kind: 'disadvantage', text: `Another variant: ${current || 'plain'} → ${candidate || 'plain'}`, weight: -1 }];
  },
};

function hasSlim(words: string): boolean {
  return words.split('-').includes('slim');
}
