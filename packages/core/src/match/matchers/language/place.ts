import type { AdvisoryKey, FoundAdvisory } from '../../../advisory/types.ts';
import { schemeOf } from '../../../version/compare.ts';
import { comparableName } from '../../../version/names.ts';
import { ecosystemOf } from '../../shared/ecosystem.ts';
import type { Subject } from '../../types.ts';
import { programs } from './programs.data.ts';

/** Where the advisories of a package are, under the name that they have for it. */
export function placeOf({ type, name }: Pick<Subject, 'type' | 'name'>): AdvisoryKey {
  const ecosystem = ecosystemOf(type, undefined) ?? type;
  const known = type === 'generic' ? programs[name.toLowerCase()] : undefined;
  return { ecosystem, name: comparableName(ecosystem, known ?? name) };
}

/**
 * The version of a package as its advisories speak of it. Bitnami counts its own builds of a release, `2025.2.7-0`; its advisories name
 * releases, but for a few that name a build too. Java 8 is `1.8.0_392` of itself and `8.0.392` there.
 */
export function placedVersion({ type, version }: Pick<Subject, 'type' | 'version'>, { affected }: Pick<FoundAdvisory, 'affected'>): string {
  if (type === 'generic') return version.replace(/^1\.(\d)\.0_(\d{1,4})/, '$1.0.$2');
  if (type !== 'bitnami') return version;
  const namesBuilds = affected.ranges.some(({ fixed, lastAffected }) => /-[1-9]\d{0,8}$/.test(fixed ?? lastAffected ?? ''));
  return namesBuilds ? version : version.replace(/-\d{1,9}$/, '');
}

/** A program that nobody packaged is ordered as such, though the advisories are written for a packager's versions: `1.1.1w` is no pre-release. */
export function placedIn({ type }: Pick<Subject, 'type'>, found: FoundAdvisory): FoundAdvisory {
  return type === 'generic' ? { ...found, affected: { ...found.affected, scheme: schemeOf(type) } } : found;
}
