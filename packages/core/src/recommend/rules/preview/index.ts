import { parseTag } from '../../shared/tag.ts';
import type { RecommendationRule } from '../../types.ts';

/** Nobody should be moved onto a preview because nobody has looked for its faults yet; who is on one may stay on one. */
export const preview: RecommendationRule = {
  id: 'preview',
  judge({ record: candidate }, { record: current }) {
    if (!parseTag(candidate.tag).preview || parseTag(current.tag).preview) return [];
    return [{ kind: 'blocker', text: 'Tag is a preview', weight: 0 }];
  },
};
