import { classText, isSameClass, parseTag } from '../../shared/tag.ts';
import type { RecommendationRule } from '../../types.ts';

/** The variant that the tag names: slim, alpine. The release of the distribution is another rule's matter. */
export const variant: RecommendationRule = {
  id: 'variant',
  judge({ record: { tag: offered } }, { record: { tag: used } }) {
    const candidate = parseTag(offered);
    const current = parseTag(used);
    const text = classText(candidate);
    if (isSameClass(candidate, current))
      return [{ kind: 'benefit', text: text === 'plain' ? 'Same variant' : `Same variant: ${text}`, weight: 1 }];
    if (hasSlim(candidate.flavor) && !hasSlim(current.flavor)) return [{ kind: 'benefit', text: 'Tag is using slim variant', weight: 0.5 }];
    return [{ kind: 'disadvantage', text: `Another variant: ${classText(current)} → ${text}`, weight: -1 }];
  },
};

function hasSlim(words: string): boolean {
  return words.split('-').includes('slim');
}
