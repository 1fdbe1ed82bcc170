import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rpm } from './index.ts';

const versions = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^([01]:)?[0-2a.~^_-]{0,9}$/));

testVersionScheme(rpm, {
  ordered: [
    '1.0~rc1-1',
    '1.0~rc2-1',
    '1.0',
    '1.0-1.el8',
    '1.0-1.el8_2',
    '1.0-1.el9',
    '1.0-2',
    '1.0-10',
    '1.0^20240101-1',
    '1.0a-1',
    '1.0.1-1',
    '1.2-1',
    '1.10-1',
    '1:0.1-1',
    '2:0.1-1',
  ],
  equal: [
    ['1.0-1', '0:1.0-1'],
    ['1.05-1', '1.5-1'],
    ['1_0-1', '1.0-1'],
  ],
  invalid: ['', '1.0 1', '1-2-3', 'a:1'],
});

describe('rpm', () => {
  it.each([
    ['2.0.1a', '2.0.1', 1],
    ['5.5p10', '5.5p1', 1],
    ['10xyz', '10.1xyz', -1],
    ['xyz10', 'xyz10.1', -1],
    ['1.0aa', '1.0a', 1],
    ['6.0.rc1', '6.0', 1],
    ['7.0.0~beta', '7.0.0', -1],
    ['1.0^git1', '1.0', 1],
    ['1.0^git1', '1.0.1', -1],
    ['1.0~rc1^git1', '1.0~rc1', 1],
  ] as const)('orders %s and %s', (a, b, order) => {
    expect(rpm.compare(a, b)).toBe(order);
    expect(rpm.compare(b, a)).toBe(-order);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(rpm.compare(a, b) + rpm.compare(b, a)).toBe(0);
        expect(rpm.compare(a, a)).toBe(0);
        if (rpm.compare(a, b) <= 0 && rpm.compare(b, c) <= 0) expect(rpm.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
