import type { FoundAdvisory } from '../../../advisory/types.ts';
import { schemeOf } from '../../../version/compare.ts';
import type { Subject } from '../../types.ts';

/**
 * The version of a package as its advisories speak of it. Bitnami counts its own builds of a release, `2025.2.7-0`; its advisories name
 * releases, and Semantic Versioning would take a build for a pre-release.
 */
export function placedVersion({ type, version }: Pick<Subject, 'type' | 'version'>): string {
  return type === 'bitnami' ? version.replace(/-\d{1,9}$/, '') : version;
}

/** A program that nobody packaged is ordered as such, though the advisories are written for a packager's versions: `1.1.1w` is no pre-release. */
export function placedIn({ type }: Pick<Subject, 'type'>, found: FoundAdvisory): FoundAdvisory {
  return type === 'generic' ? { ...found, affected: { ...found.affected, scheme: schemeOf(type) } } : found;
}
