import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apk } from './index.ts';

const versions = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[0-9a-z.~+_-]{0,14}$/));

testVersionScheme(apk, {
  ordered: [
    '0.9-r3',
    '1.0_alpha',
    '1.0_alpha2',
    '1.0_beta',
    '1.0_pre1',
    '1.0_rc1',
    '1.0',
    '1.0-r1',
    '1.0_git20240101',
    '1.0_p1-r0',
    '1.0a',
    '1.0.1',
    '1.2',
    '1.10',
  ],
  equal: [
    ['1.0', '1.0-r0'],
    ['01.2', '1.2'],
  ],
  invalid: ['', 'x', '1.0_foo', '1.0-1', '1.0bc'],
});

describe('apk', () => {
  it.each([
    ['1.0-r0', '1.0-r1'],
    ['1.0_alpha', '1.0_beta'],
    ['1.0_rc2', '1.0'],
    ['1.0', '1.0_p1'],
    ['1.0', '1.0a'],
    ['1.9', '1.10'],
    ['1.09', '1.1'],
    ['1.2.3', '1.2.3.1'],
    ['1.1.1t-r2', '1.1.1u-r0'],
    ['3.0.8-r0', '3.0.8-r10'],
  ])('%s is older than %s', (older, newer) => {
    expect(apk.compare(older, newer)).toBe(-1);
    expect(apk.compare(newer, older)).toBe(1);
    expect(apk.compare(older, older)).toBe(0);
  });

  it('knows what is a version', () => {
    expect(apk.valid('1.2.3b_rc1-r4')).toBe(true);
    expect(apk.valid('one')).toBe(false);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(apk.compare(a, b) + apk.compare(b, a)).toBe(0);
        expect(apk.compare(a, a)).toBe(0);
        if (apk.compare(a, b) <= 0 && apk.compare(b, c) <= 0) expect(apk.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});
