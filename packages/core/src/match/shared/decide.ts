import type { FoundAdvisory } from '../../advisory/types.ts';
import { compareVersions } from '../../version/compare.ts';
import { inRange, rangeText } from '../../version/range.ts';
import type { Decision } from '../types.ts';

/** Compares a version with a record: any range that holds it, or the exact version, makes it affected. */
export function decideByVersion(version: string, { affected }: FoundAdvisory): Decision {
  const { ranges, versions, scheme, status } = affected;
  if (status === 'not-affected') return { affected: false, statement: true, reason: 'the source says that it is not affected' };
  // As written or as the ecosystem compares them: `1.0` and `1.0.0`, `v1.0.0` and `1.0.0` may be one.
  if (versions?.some((each) => each === version || compareVersions(scheme, each, version) === 0)) {
    return { affected: true, range: `=${version}`, version };
  }
  const holding = ranges.filter((range) => inRange(scheme, version, range));
  const [first] = holding;
  if (!first)
    return { affected: false, statement: false, reason: `${version} lies outside ${ranges.map(rangeText).join(' and ') || 'every range'}` };
  // Where ranges overlap or follow on each other, the fix of one lies in another: the first fix that lies in none counts.
  const fixes = ranges
    .flatMap(({ fixed }) => (fixed !== undefined && compareVersions(scheme, fixed, version) === 1 ? [fixed] : []))
    .sort((a, b) => compareVersions(scheme, a, b));
  const fixedIn = holding.some(({ fixed }) => fixed !== undefined)
    ? fixes.find((fix) => !ranges.some((range) => inRange(scheme, fix, range)))
    : undefined;
  return { affected: true, range: rangeText(first), version, ...(fixedIn !== undefined && { fixedIn }) };
}
