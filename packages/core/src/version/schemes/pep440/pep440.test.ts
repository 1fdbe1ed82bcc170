import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pep440 } from './index.ts';

const versions = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[0-9a-z.~+_-]{0,14}$/));

testVersionScheme(pep440, {
  ordered: ['1.0.dev1', '1.0a1', '1.0b1', '1.0rc1', '1.0', '1.0+local', '1.0.post1', '1.0.1', '1.2', '1.10', '2024.1', '1!0.1'],
  equal: [
    ['1.0', '1.0.0'],
    ['1.0rc1', '1.0-c1'],
    ['1.0', 'v1.0'],
  ],
  invalid: ['', 'latest', '1.0-x'],
});

describe('pep440', () => {
  it.each([
    ['1.0.dev1', '1.0a1'],
    ['1.0a1', '1.0rc1'],
    ['1.0rc1', '1.0'],
    ['1.0', '1.0.post1'],
    ['2024.1', '1!1.0'],
    ['1.9', '1.10'],
    ['1.0', '1.0+local'],
    ['what', '0.0.1'],
  ])('%s is older than %s', (older, newer) => {
    expect(pep440.compare(older, newer)).toBe(-1);
    expect(pep440.compare(newer, older)).toBe(1);
    expect(pep440.compare(older, older)).toBe(0);
  });

  it('knows what is a version', () => {
    expect(pep440.valid('1!2.0rc1.post2')).toBe(true);
    expect(pep440.valid('what')).toBe(false);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(pep440.compare(a, b) + pep440.compare(b, a)).toBe(0);
        expect(pep440.compare(a, a)).toBe(0);
        if (pep440.compare(a, b) <= 0 && pep440.compare(b, c) <= 0) expect(pep440.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});
