import type { Recommendations } from '@plimsoll/model';
import { adviseBase, adviseUnknown } from './advise-base.ts';
import { adviseImage } from './advise-image.ts';
import { adviseHidden } from './hidden.ts';
import { makePlan } from './plan/plan.ts';
import type { RecommendInput } from './types.ts';

/**
 * What could be done about an image: its own tag; for each base, nearest first, a newer image of the same tag and other tags of the same
 * repository; the fewest steps that take most of the risk away; what is shipped for nothing. Ranked by the sum of the rules' weights, which
 * are given; what a rule or the policy forbids is left out. Counts are given only where they are known.
 */
export function recommend(input: RecommendInput): Recommendations {
  const bases = input.links.filter(({ self }) => !self).toReversed();
  const weighed = bases.map((link) => (link.record ? adviseBase(link, link.record, input) : adviseUnknown(link)));
  const [nearest] = weighed;
  return {
    image: adviseImage(input.inventory.image, input.links.at(-1), input.untold),
    bases: weighed.flatMap((found) => ('advice' in found ? [found.advice] : found)),
    plan: makePlan(input, nearest && 'advice' in nearest ? nearest : undefined),
    hidden: adviseHidden(input),
  };
}
