import { compareTagVersions, parseTag } from '../../shared/tag.ts';
import type { RecommendationRule } from '../../types.ts';

/** The version that the tag names: of the runtime, or of the distribution itself. */
export const version: RecommendationRule = {
  id: 'version',
  judge({ record: { tag: offered } }, { record: { tag: used } }) {
    const candidate = parseTag(offered);
    const current = parseTag(used);
    if (candidate.version.length === 0 || current.version.length === 0) return [];
    const change = `${current.versionText} → ${candidate.versionText}`;
    const difference = compareTagVersions(candidate, current);
    if (difference === 0) return [{ kind: 'benefit', text: `Same version line: ${current.versionText}`, weight: 2 }];
    if (difference < 0) return [{ kind: 'disadvantage', text: `Older version: ${change}`, weight: -6 }];
    if (candidate.version[0] === current.version[0]) return [{ kind: 'benefit', text: `Minor version update: ${change}`, weight: 1 }];
    return [{ kind: 'disadvantage', text: `Major version update: ${change}`, weight: 0.5 }];
  },
};
