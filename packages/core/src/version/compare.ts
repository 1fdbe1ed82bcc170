import type { PackageType } from '@plimsoll/model';
import { versionSchemes } from './registry.ts';
import type { SchemeId } from './types.ts';

/** Orders two versions of a scheme: -1 where `a` is older. Total: any two strings have an order. */
export function compareVersions(scheme: SchemeId, a: string, b: string): -1 | 0 | 1 {
  const found = versionSchemes.find(({ id }) => id === scheme);
  if (!found) throw new Error(`no version scheme ${scheme}`);
  return found.compare(a, b);
}

const SCHEMES: Readonly<Record<PackageType, SchemeId>> = {
  apk: 'apk',
  bitnami: 'semver',
  cargo: 'semver',
  composer: 'composer',
  conda: 'pep440',
  deb: 'deb',
  gem: 'gem',
  generic: 'generic',
  golang: 'go',
  maven: 'maven',
  npm: 'semver',
  nuget: 'nuget',
  pypi: 'pep440',
  rpm: 'rpm',
};

/** The scheme that orders versions of a package type. */
export function schemeOf(type: PackageType): SchemeId {
  return SCHEMES[type];
}
