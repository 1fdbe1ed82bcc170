import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nuget } from './index.ts';

const part = fc.constantFrom('0', '1', '10', 'a', 'Beta', 'rc', 'A', '.', '-', '.', '+', '.1');
const versions = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.array(part, { maxLength: 7 }).map((parts) => parts.join('')),
);

testVersionScheme(nuget, {
  ordered: [
    '1.0.0-1',
    '1.0.0-2',
    '1.0.0-10',
    '1.0.0-alpha',
    '1.0.0-Alpha.1',
    '1.0.0-beta',
    '1.0.0-rc.2',
    '1.0.0-rc.10',
    '1.0.0',
    '1.0.0.1',
    '1.0.1',
    '1.2',
    '1.10',
    '8.0.0-preview.7.23375.6',
    '8.0.0-rc.1.23419.4',
    '8.0.0',
  ],
  equal: [
    ['1', '1.0.0.0'],
    ['1.01.1', '1.1.1'],
    ['1.0.0-RC', '1.0.0-rc'],
    ['1.0.0+a', '1.0.0+b'],
    [' 1.0 ', '1.0'],
  ],
  invalid: ['', 'latest', 'v1.0', '1.0.0.0.0', '1.0.0-', '1.0.0-a..b', '1.0.0_1', '1.99999999999'],
});

describe('nuget', () => {
  it.each([
    ['latest', '0.0.0-0'],
    ['1.0.0-alpha.1', '1.0.0-alpha.beta'],
    ['13.0.1', '13.0.2-beta1'],
    ['4.7.0.9', '4.7.1'],
    ['1.99999999998', '1.99999999999'],
  ])('%s is older than %s', (older, newer) => {
    expect(nuget.compare(older, newer)).toBe(-1);
    expect(nuget.compare(newer, older)).toBe(1);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(nuget.compare(a, b) + nuget.compare(b, a)).toBe(0);
        expect(nuget.compare(a, a)).toBe(0);
        if (nuget.compare(a, b) <= 0 && nuget.compare(b, c) <= 0) expect(nuget.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
