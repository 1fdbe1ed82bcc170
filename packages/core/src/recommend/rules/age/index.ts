import { countText } from '../../shared/text.ts';
import type { Judgement, RecommendationRule } from '../../types.ts';

const DAY = 86_400_000;
/** A base that was not built for so many days has had none of the fixes since. */
const OLD = 365;

/** A newer build has had more fixes; one that is much older has had none for long. */
export const age: RecommendationRule = {
  id: 'age',
  judge({ facts: candidate }, { facts: current }, today) {
    const then = Date.parse(current.created ?? '');
    const now = Date.parse(candidate.created ?? '');
    return [...compareAges(then, now), ...oldAge(now, today)];
  },
};

function oldAge(built: number, today: Date): readonly Judgement[] {
  const days = Math.floor((today.getTime() - built) / DAY);
  return days > OLD ? [{ kind: 'disadvantage', text: `Built ${countText(days, 'day')} ago: no fixes since`, weight: -1 }] : [];
}

function compareAges(then: number, now: number): readonly Judgement[] {
  if (Number.isNaN(then) || Number.isNaN(now)) return [];
  const days = Math.round(Math.abs(now - then) / DAY);
  if (now > then) return [{ kind: 'benefit', text: days > 0 ? `Built ${countText(days, 'day')} later` : 'Built more recently', weight: 2 }];
  if (now < then && days > 0) return [{ kind: 'disadvantage', text: `Built ${countText(days, 'day')} earlier`, weight: -2 }];
  return [];
}
