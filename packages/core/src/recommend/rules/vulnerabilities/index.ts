import type { RecommendationRule } from '../../types.ts';

/** What the base itself would take away and bring. Said only where both were indexed and advisories cover them. */
export const vulnerabilities: RecommendationRule = {
  id: 'vulnerabilities',
  judge({ vulnerabilities: candidate, simulation }, { vulnerabilities: current }) {
    if (!candidate)
      return [{ kind: 'disadvantage', text: 'Vulnerabilities unknown: the image was not indexed, or no advisories cover it', weight: -1 }];
    if (!current) return [];
    const brought = candidate.difference(current).size;
    const removed = current.difference(candidate).size;
    // What it does to the image itself counts where that is known.
    const weight = simulation ? 0 : Math.max(-10, Math.min(10, (removed - brought) / 2));
    if (brought === 0 && removed === 0) return [{ kind: 'benefit', text: 'Image has same vulnerabilities', weight: 0 }];
    if (brought === 0)
      return [
        { kind: 'benefit', text: `Image introduces no new vulnerability but removes ${removed}`, weight: simulation ? 0 : weight + 3 },
      ];
    const text = `Image introduces ${brought} ${brought === 1 ? 'vulnerability' : 'vulnerabilities'} and removes ${removed}`;
    return [{ kind: removed > brought ? 'benefit' : 'disadvantage', text, weight }];
  },
};
