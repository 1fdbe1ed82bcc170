import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generic } from './index.ts';

const part = fc.constantFrom('0', '1', '10', 'a', 'beta', 'rc', 'final', 'p', 'x', 'v', '.', '-', '.', '+', '_');
const versions = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.array(part, { maxLength: 7 }).map((parts) => parts.join('')),
);

testVersionScheme(generic, {
  ordered: [
    '0.9',
    '1.0-dev',
    '1.0-alpha2',
    '1.0b1',
    '1.0.0-M1',
    '1.0-preview2',
    '1.0-rc.1',
    '1.0rc2',
    '1.0',
    '1.0a',
    '1.0p1',
    '1.0-1',
    '1.0.1',
    '1.2',
    '1.10',
    '2024.1',
  ],
  equal: [
    ['v1.2.3', '1.2.3'],
    ['1.2', '1.2.0'],
    ['1.2.3-0', '1.2.3'],
    ['1.0rc1', '1.0.0-RC.1'],
    ['5.3.0.Final', '5.3'],
    ['go1.22.0', '1.22'],
    ['jdk-17.0.9+9', '17.0.9+9'],
    ['1.8.0_392', '1.8.0.392'],
  ],
  invalid: ['', 'latest', '1 0', 'HEAD', '-1'],
});

describe('generic', () => {
  it.each([
    ['1.1.1', '1.1.1a'],
    ['1.1.1v', '1.1.1w'],
    ['1.1.1w', '1.1.2'],
    ['1.0.2z', '1.0.2za'],
    ['9.5p1', '9.5p2'],
    ['9.5p2', '9.6'],
    ['8u382', '8u392'],
    ['17.0.9', '17.0.9+9'],
    ['17.0.9+8', '17.0.9+9'],
    ['22-ea', '22'],
    ['3.13.0a6', '3.13.0b1'],
    ['3.13.0rc3', '3.13.0'],
    ['16devel', '16beta1'],
    ['16beta1', '16'],
    ['16', '16.1'],
    ['3.0.0-alpha17', '3.0.0-beta1'],
    ['1.22rc1', '1.22.0'],
    ['2025.2.7-0', '2025.2.7-1'],
    ['9.4.52.v20230823', '9.4.53.v20231009'],
    ['latest', '0'],
    ['', '0'],
  ])('%s is older than %s', (older, newer) => {
    expect(generic.compare(older, newer)).toBe(-1);
    expect(generic.compare(newer, older)).toBe(1);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(generic.compare(a, b) + generic.compare(b, a)).toBe(0);
        expect(generic.compare(a, a)).toBe(0);
        if (generic.compare(a, b) <= 0 && generic.compare(b, c) <= 0) expect(generic.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
