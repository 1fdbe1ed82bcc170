import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deb } from './index.ts';

const versions = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[0-9a-z.~+_-]{0,14}$/));

testVersionScheme(deb, {
  ordered: [
    '0~',
    '0',
    '1.0~rc1-1',
    '1.0-1',
    '1.0-1+b1',
    '1.0-1+deb12u2',
    '1.0-1.1',
    '1.0-2',
    '1.0a-1',
    '1.0+dfsg-1',
    '1.2-1',
    '1.10-1',
    '1:0.1-1',
  ],
  equal: [
    ['1.0', '0:1.0'],
    ['1.0', '1.0-0'],
    ['1.00-01', '1.0-1'],
  ],
  invalid: ['', 'a', '1_0', 'x:1', '1.0 2'],
});

describe('deb', () => {
  it.each([
    ['1.0~rc1', '1.0'],
    ['1.0', '1.0-1'],
    ['1.0-1', '1.0-1+deb12u1'],
    ['1.0-1+deb12u1', '1.0-1+deb12u2'],
    ['9', '1:1'],
    ['1.9', '1.10'],
    ['1.0~~', '1.0~'],
    ['1.0a', '1.0+'],
    ['3.0.11-1~deb12u1', '3.0.11-1'],
    ['1', '99999999999999999999'],
  ])('%s is older than %s', (older, newer) => {
    expect(deb.compare(older, newer)).toBe(-1);
    expect(deb.compare(newer, older)).toBe(1);
    expect(deb.compare(older, older)).toBe(0);
  });

  it('knows what is a version', () => {
    expect(deb.valid('1:3.0.11-1~deb12u1')).toBe(true);
    expect(deb.valid('not a version')).toBe(false);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(deb.compare(a, b) + deb.compare(b, a)).toBe(0);
        expect(deb.compare(a, a)).toBe(0);
        if (deb.compare(a, b) <= 0 && deb.compare(b, c) <= 0) expect(deb.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});
