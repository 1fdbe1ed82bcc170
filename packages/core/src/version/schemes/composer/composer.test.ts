import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composer } from './index.ts';

const part = fc.constantFrom('0', '1', '10', 'a', 'beta', 'RC', 'dev', 'p', 'x', 'v', '.', '-', '.', '_');
const versions = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.array(part, { maxLength: 7 }).map((parts) => parts.join('')),
);

testVersionScheme(composer, {
  ordered: [
    'dev-main',
    '0.9',
    '1.0.0-dev',
    '1.0.0-alpha1',
    '1.0.0-beta2',
    '1.0.0-beta10',
    '1.0.0-RC1',
    '1.0.0',
    '1.0.0-p1',
    '1.0.1',
    '1.0.x-dev',
    '1.2',
    '1.10',
    '2010.01.02',
    '20100102',
  ],
  equal: [
    ['1.0', 'v1.0.0.0'],
    ['1.0.0-rc1', '1.0.0RC1'],
    ['1.0.0.pl3', '1.0.0-patch3'],
    ['10.4.13-b5', '10.4.13beta.5'],
    ['1.0.0+build', '1.0.0'],
    ['1.0.0@stable', '1.0.0-stable'],
    ['1.x-dev', '1.9999999.9999999.9999999-dev'],
    ['2010-01-02.5', '2010.01.02.5'],
    ['2.0.0 as 1.0.0', '2.0'],
    ['master', 'dev-master'],
  ],
  invalid: ['', 'a', '1.0.0-meh', '1.0.0.0.0', 'feature-foo', '1.0.0+foo bar', '1.x'],
});

describe('composer', () => {
  it.each([
    ['dev-feature/foo', '0.0.1'],
    ['1.0.0-beta5-dev', '1.0.0-beta5'],
    ['1.0.0-alpha2.1', '1.0.0-alpha2.1-3'],
    ['20100102-203040', '20100102-203040-p1'],
    ['1.0.0-meh', '1.0.0-dev'],
    ['7.4.99', '7.x-dev'],
    ['1.0.0.0', '1.0.0.0.1'],
    ['v6.4.0-BETA1', 'v6.4.0-RC1'],
  ])('%s is older than %s', (older, newer) => {
    expect(composer.compare(older, newer)).toBe(-1);
    expect(composer.compare(newer, older)).toBe(1);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(composer.compare(a, b) + composer.compare(b, a)).toBe(0);
        expect(composer.compare(a, a)).toBe(0);
        if (composer.compare(a, b) <= 0 && composer.compare(b, c) <= 0) expect(composer.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
