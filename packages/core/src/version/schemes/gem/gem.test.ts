import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gem } from './index.ts';

const versions = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[0-2ab.-]{0,9}$/));

testVersionScheme(gem, {
  ordered: [
    '0.0.beta',
    '0.0.beta.1',
    '0',
    '0.9',
    '1.0.a2',
    '1.0.a10',
    '1.0.b1',
    '1.0.0-alpha',
    '1.0.0-rc1',
    '1.0',
    '1.0.1',
    '1.2',
    '1.10',
    '2024.1',
  ],
  equal: [
    ['1.0', '1.0.0'],
    ['', '0'],
    ['1.2.b1', '1.2.b.1'],
    ['0.beta.1', '0.0.beta.1'],
    [' 1.0 ', '1.0'],
    ['1.0-1', '1.0.pre.1'],
    ['1.02.3', '1.2.003.0.0'],
  ],
  invalid: ['x', 'v1.0', '1.0+build', '1..2', '1.0_1', '1.0.'],
});

describe('gem', () => {
  it.each([
    ['1.0.0-1', '1.0.0'],
    ['5.a', '5.0.0.rc2'],
    ['5.0.0.rc2', '5.x'],
    ['4.2.11.1', '4.2.11.2'],
    ['7.0.0.rc1', '7.0.0'],
    ['1.0.A', '1.0.a'],
    ['1.99999999999999999998', '1.99999999999999999999'],
    ['1.13.0.pre.x', '1.13.0'],
  ])('%s is older than %s', (older, newer) => {
    expect(gem.compare(older, newer)).toBe(-1);
    expect(gem.compare(newer, older)).toBe(1);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(gem.compare(a, b) + gem.compare(b, a)).toBe(0);
        expect(gem.compare(a, a)).toBe(0);
        if (gem.compare(a, b) <= 0 && gem.compare(b, c) <= 0) expect(gem.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
