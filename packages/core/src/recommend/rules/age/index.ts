import { countText } from '../../shared/text.ts';
import type { RecommendationRule } from '../../types.ts';

const DAY = 86_400_000;

/** A newer build has had more fixes; one that is much older has had none for long. */
export const age: RecommendationRule = {
  id: 'age',
  judge({ facts: candidate }, { facts: current }) {
    const then = Date.parse(current.created ?? '');
    const now = Date.parse(candidate.created ?? '');
    if (Number.isNaN(then) || Number.isNaN(now)) return [];
    const days = Math.round(Math.abs(now - then) / DAY);
    if (now > then)
      return [{ kind: 'benefit', text: days > 0 ? `Built ${countText(days, 'day')} later` : 'Built more recently', weight: 2 }];
    if (now < then && days > 0) return [{ kind: 'disadvantage', text: `Built ${countText(days, 'day')} earlier`, weight: -2 }];
    return [];
  },
};
