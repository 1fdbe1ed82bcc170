import { riskOf } from '../../shared/risk.ts';
import { countText } from '../../shared/text.ts';
import type { RecommendationRule } from '../../types.ts';

/** No prediction outweighs everything else. */
const MOST = 12;

/** What the candidate would do to the image itself, its own layers replayed on it: the weightiest word. */
export const prediction: RecommendationRule = {
  id: 'prediction',
  judge({ simulation }) {
    if (!simulation) return [];
    const { vulnerabilities, difference } = simulation;
    const { gained, lost, estimated } = vulnerabilities;
    const share = -riskOf(difference) / Math.max(1, riskOf(simulation.counts) - riskOf(difference));
    const weight = Math.max(-MOST, Math.min(MOST, share * MOST));
    const about = estimated > 0 ? ', about' : '';
    if (gained === 0 && lost === 0) return [{ kind: 'benefit', text: 'In your image: the same vulnerabilities', weight: 0 }];
    if (gained === 0) return [{ kind: 'benefit', text: `In your image: removes ${lost} and brings none${about}`, weight: weight + 2 }];
    const text = `In your image: removes ${lost}, brings ${countText(gained, 'new vulnerability', 'new vulnerabilities')}${about}`;
    return [{ kind: weight > 0 ? 'benefit' : 'disadvantage', text, weight }];
  },
};
