import { expect, it } from 'vitest';
import { compareVersions, schemeOf } from './compare.ts';
import { versionSchemes } from './registry.ts';
import type { SchemeId } from './types.ts';

it('has a scheme for each type of package, and they differ', () => {
  // Only one of them takes 1.0 for older than 1.0a.
  expect((['deb', 'apk', 'npm', 'pypi'] as const).map((type) => [schemeOf(type), compareVersions(schemeOf(type), '1.0a1', '1.0')])).toEqual(
    [
      ['deb', 1],
      ['apk', 1],
      ['semver', -1],
      ['pep440', -1],
    ],
  );
});

it.each<[SchemeId, string, string]>([
  ['apk', '1.0_rc1', '1.0'],
  ['composer', '1.0.0-RC1', '1.0'],
  ['deb', '1.0~rc1', '1.0'],
  ['gem', '1.0.rc1', '1.0'],
  ['generic', '1.1.1', '1.1.1w'],
  ['go', 'go1.22rc1', '1.22.0'],
  ['maven', '1.0-rc1', '1.0.Final'],
  ['nuget', '1.0.0-rc1', '1.0'],
  ['pep440', '1.0rc1', '1.0'],
  ['rpm', '1.0~rc1', '1.0'],
  ['semver', '1.0.0-rc.1', '1.0.0'],
])('orders by the scheme %s', (scheme, older, newer) => {
  expect([compareVersions(scheme, older, newer), compareVersions(scheme, newer, older), compareVersions(scheme, older, older)]).toEqual([
    -1, 1, 0,
  ]);
});

it('has every scheme once, sorted', () => {
  const ids = versionSchemes.map(({ id }) => id);
  const all: readonly SchemeId[] = ['apk', 'composer', 'deb', 'gem', 'generic', 'go', 'maven', 'nuget', 'pep440', 'rpm', 'semver'];
  expect(ids).toEqual(all);
});
