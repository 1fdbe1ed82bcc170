import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { semver } from './index.ts';

const versions = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[0-9a-z.~+_-]{0,14}$/));

testVersionScheme(semver, {
  ordered: [
    '0.0.0-0',
    '0.0.0',
    '0.9.9',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.2.0',
    '1.10.0',
    '2.0.0',
  ],
  equal: [
    ['1.0.0', 'v1.0.0'],
    ['1.0.0', '1.0.0+build.7'],
    ['1.2', '1.2.0'],
  ],
  invalid: ['', 'latest', '1', '1.2', '1.2.3.4'],
});

describe('semver', () => {
  it.each([
    ['1.0.0-alpha', '1.0.0-alpha.1'],
    ['1.0.0-alpha.9', '1.0.0-alpha.10'],
    ['1.0.0-rc.1', '1.0.0'],
    ['1.9.0', '1.10.0'],
    ['1.2', '1.2.1'],
    ['what', '0.0.1'],
  ])('%s is older than %s', (older, newer) => {
    expect(semver.compare(older, newer)).toBe(-1);
    expect(semver.compare(newer, older)).toBe(1);
    expect(semver.compare(older, older)).toBe(0);
  });

  it('knows what is a version', () => {
    expect(semver.valid('v1.2.3-rc.1+build')).toBe(true);
    expect(semver.valid('what')).toBe(false);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(semver.compare(a, b) + semver.compare(b, a)).toBe(0);
        expect(semver.compare(a, a)).toBe(0);
        if (semver.compare(a, b) <= 0 && semver.compare(b, c) <= 0) expect(semver.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});
