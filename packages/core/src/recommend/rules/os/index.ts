import type { Distro } from '@plimsoll/model';
import type { RecommendationRule } from '../../types.ts';

/** Another release may rename packages; another distribution changes the package manager. */
export const os: RecommendationRule = {
  id: 'os',
  judge({ distro: candidate }, { distro: current }) {
    if (!candidate || !current) return [];
    if (candidate.id !== current.id)
      return [{ kind: 'disadvantage', text: `Another distribution: ${current.name} → ${candidate.name}`, weight: -3 }];
    if (candidate.version === current.version) return [{ kind: 'benefit', text: 'Same OS detected', weight: 2 }];
    const [major, older] = [majorOf(candidate), majorOf(current)];
    const change = `${current.name} → ${candidate.name}`;
    if (major > older) return [{ kind: 'disadvantage', text: `Major OS version update: ${change}`, weight: 1 }];
    if (major < older) return [{ kind: 'disadvantage', text: `Older OS version: ${change}`, weight: -4 }];
    return [{ kind: 'benefit', text: `Minor OS version update: ${change}`, weight: 2 }];
  },
};

/** Alpine numbers its releases 3.18, 3.19: the second number is the one that changes what is in it. */
function majorOf({ id, version = '' }: Distro): number {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return id === 'alpine' ? first * 1000 + second : first;
}
