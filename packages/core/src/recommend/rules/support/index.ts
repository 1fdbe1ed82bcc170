import type { RecommendationRule } from '../../types.ts';

const DAY = 86_400_000;
/** Support that ends within so many days is no reason to move there. */
const SOON = 180;

/** When makers end support: from then on fixes do not come, and silence is not safety. */
export const support: RecommendationRule = {
  id: 'support',
  judge({ facts: { support: offered } }, { facts: { support: used } }, now) {
    if (!offered) return [];
    const { product, ends, ended } = offered;
    if (ended) {
      // Who stands on what is not supported either loses nothing, unless it ended earlier still.
      const weight = used?.ended ? (ends < used.ends ? -2 : 0) : -8;
      return [{ kind: 'disadvantage', text: `${product} has had no support since ${ends}`, weight }];
    }
    const days = Math.floor((Date.parse(ends) - now.getTime()) / DAY);
    if (days <= SOON) return [{ kind: 'disadvantage', text: `Support of ${product} ends on ${ends}`, weight: -2 }];
    if (used?.ended)
      return [
        { kind: 'benefit', text: `${product} is supported until ${ends}; ${used.product} has not been since ${used.ends}`, weight: 4 },
      ];
    return [{ kind: 'benefit', text: `${product} is supported until ${ends}`, weight: 0.5 }];
  },
};
