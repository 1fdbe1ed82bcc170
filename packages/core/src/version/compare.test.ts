import { expect, it } from 'vitest';
import { compareVersions, schemeOf } from './compare.ts';

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
