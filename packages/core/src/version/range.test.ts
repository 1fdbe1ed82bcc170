import { describe, expect, it } from 'vitest';
import { inRange, rangeText, type VersionRange } from './range.ts';

describe('inRange', () => {
  const between: VersionRange = { introduced: '1.0.0', fixed: '1.4.2' };
  it.each<[string, string, VersionRange, boolean]>([
    ['before the beginning', '0.9.9', between, false],
    ['the first', '1.0.0', between, true],
    ['within', '1.4.1', between, true],
    ['the fix', '1.4.2', between, false],
    ['a prerelease of the fix', '1.4.2-rc.1', between, true],
    ['from 0, a prerelease of 0.0.0', '0.0.0-0', { introduced: '0', fixed: '1.0.0' }, true],
    ['the last that is affected', '2.0.1', { introduced: '0', lastAffected: '2.0.1' }, true],
    ['past the last', '2.0.2', { introduced: '0', lastAffected: '2.0.1' }, false],
    ['at an end that is no fix', '2.1.3', { introduced: '2.1.0', before: '2.1.3' }, false],
    ['before an end that is no fix', '2.1.2', { introduced: '2.1.0', before: '2.1.3' }, true],
    ['the version after which it begins', '2.1.0', { after: '2.1.0', fixed: '2.2.0' }, false],
    ['after the version after which it begins', '2.1.1', { after: '2.1.0', fixed: '2.2.0' }, true],
    ['any version of an open range', '99.0.0', { introduced: '2.0.0' }, true],
    ['any version where nothing bounds', 'latest', {}, true],
  ])('%s', (_name, version, range, expected) => {
    expect(inRange('semver', version, range)).toBe(expected);
  });

  it('orders as the scheme does', () => {
    expect(inRange('deb', '1.0~rc1', { fixed: '1.0' })).toBe(true);
    expect(inRange('apk', '1.0_p1', { fixed: '1.0' })).toBe(false);
    expect(inRange('pep440', '1.0.post1', { lastAffected: '1.0' })).toBe(false);
  });
});

describe('rangeText', () => {
  it.each<[string, VersionRange]>([
    ['>=1.2, <1.4.2', { introduced: '1.2', fixed: '1.4.2' }],
    ['<1.4.2', { introduced: '0', fixed: '1.4.2' }],
    ['>1.2, <1.4', { after: '1.2', fixed: '1.4' }],
    ['<2.1.3', { before: '2.1.3' }],
    ['>=1.2, <=1.4', { introduced: '1.2', lastAffected: '1.4' }],
    ['>=1.2', { introduced: '1.2' }],
    ['any version', { introduced: '0' }],
    ['any version', {}],
  ])('%s', (expected, range) => {
    expect(rangeText(range)).toBe(expected);
  });
});
