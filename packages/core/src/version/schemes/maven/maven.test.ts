import { testVersionScheme } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maven } from './index.ts';

const part = fc.constantFrom('0', '1', '2', 'a', 'alpha', 'rc', 'sp', 'ga', 'x', 'snapshot', '.', '-', '.', '-');
const versions = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.array(part, { maxLength: 7 }).map((parts) => parts.join('')),
);

testVersionScheme(maven, {
  ordered: [
    '1.0-alpha-1',
    '1.0-beta1',
    '1.0-M1',
    '1.0-rc1',
    '1.0-RC2',
    '1.0-SNAPSHOT',
    '1.0',
    '1.0-sp1',
    '1.0-android',
    '1.0-jre',
    '1.0-1',
    '1.0.1',
    '1.2',
    '1.10-m2',
    '1.10',
    '20190126.230843',
    '123456789012345678901.1',
  ],
  equal: [
    ['1', '1.0.0'],
    ['1', '1.ga'],
    ['5.3.39', '5.3.39.RELEASE'],
    ['4.1.100.Final', '4.1.100'],
    ['1.0-rc1', '1.0.CR1'],
    ['1.0-a1', '1.0-alpha-1'],
    ['2-x', '2.0.0.x'],
    ['1', '00001.0'],
    ['0', ''],
  ],
  invalid: ['', '1 0', '1/2', '[1.0,2.0)', `\${project.version}`],
});

describe('maven', () => {
  it.each([
    ['2.17.0', '2.17.1'],
    ['31.1-jre', '32.0-android'],
    ['6.1.0rc3', '6.1H.5-beta'],
    ['1-0.alpha', '1-0.beta'],
    ['1.0.0.RC1', '1.0.0-RC2'],
    ['1.0.final-redhat', '1.0-sp-1-redhat'],
    ['9.4.52.v20230823', '9.4.53.v20231009'],
    ['1.0-rc', '1.0-rc1'],
    ['\u0668', '1'],
    ['constructor', '1'],
    [`\${project.version}`, '1'],
  ])('%s is older than %s', (older, newer) => {
    expect(maven.compare(older, newer)).toBe(-1);
    expect(maven.compare(newer, older)).toBe(1);
  });

  it('is a total order over any strings', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(maven.compare(a, b) + maven.compare(b, a)).toBe(0);
        expect(maven.compare(a, a)).toBe(0);
        if (maven.compare(a, b) <= 0 && maven.compare(b, c) <= 0) expect(maven.compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 3000 },
    );
  });
});
