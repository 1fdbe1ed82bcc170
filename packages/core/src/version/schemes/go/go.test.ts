import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { go } from './index.ts';

const versions = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.stringMatching(/^v?[0-2]\.[0-2](\.[0-2])?(-[0-2ab.-]{1,5})?(\+x)?$/),
  fc.stringMatching(/^(go)?1\.[0-2](\.[0-2])?((rc|beta)[0-2])?$/),
);

testVersionScheme(go, {
  ordered: [
    'v0.0.0-20180904163835-0709b304e793',
    'v0.0.0-20210921155107-089bfa567519',
    'v0.0.0',
    '0.9.9',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    'v1.0.0',
    'v1.2.4-0.20191109021931-daa7c04131f5',
    'v1.2.4',
    'v1.10.0',
    'go1.21rc2',
    'go1.21rc10',
    'go1.21',
    'go1.21.1',
    '1.22.0-0',
    'go1.22beta1',
    'go1.22rc1',
    'go1.22.0',
    '24.0.7+incompatible',
    '24.0.9+incompatible',
  ],
  equal: [
    ['v1.2.3', '1.2.3'],
    ['v2.8.0+incompatible', '2.8.0'],
    ['v1.2.3+dirty', 'v1.2.3'],
    ['go1.22rc1', '1.22.0-rc.1'],
    ['1.22rc1', 'go1.22rc1'],
    ['go1.22', '1.22.0'],
    ['go1.22.1 X:boringcrypto', '1.22.1'],
    ['go1.22.1 (Red Hat 1.22.1-2.el9)', '1.22.1'],
    ['go1.22.1-fips', '1.22.1'],
    ['v1.2', 'v1.2.0'],
  ],
  invalid: ['', '(devel)', 'latest', '1', '1.2', 'v1.2.3.4', 'v01.2.3', 'v1.2.3-', 'v1.2.3-01', 'v1.2.3-a..b', 'devel +0a1b2c3', 'go1.x'],
});

describe('go', () => {
  it.each([
    ['(devel)', '0.0.0-0'],
    ['unknown', 'v0.0.0-20180904163835-0709b304e793'],
    ['v1.0.0-rc10', 'v1.0.0-rc9'],
    ['v2.0.0-rc.1+incompatible', 'v2.0.0+incompatible'],
    ['devel go1.23-0a1b2c3 Mon Jan 1', 'go1.23rc1'],
    ['1.23.0-0', 'devel go1.23-0a1b2c3'],
    ['v1.2.3-9', 'v1.2.3-a'],
    ['v1.99999999999999999998.0', 'v1.99999999999999999999.0'],
  ])('%s is older than %s', (older, newer) => {
    expect(go.compare(older, newer)).toBe(-1);
    expect(go.compare(newer, older)).toBe(1);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(go.compare(a, b) + go.compare(b, a)).toBe(0);
        expect(go.compare(a, a)).toBe(0);
        if (go.compare(a, b) <= 0 && go.compare(b, c) <= 0) expect(go.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
