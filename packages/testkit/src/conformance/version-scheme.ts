import { describe, expect, it } from 'vitest';

/** The contract of a version scheme, as its callers see it. */
interface Scheme {
  readonly id: string;
  valid(version: string): boolean;
  compare(a: string, b: string): -1 | 0 | 1;
}

/** Versions of a scheme, told by a person. */
export interface VersionSchemeCase {
  /** Valid ones, oldest first. */
  readonly ordered: readonly string[];
  /** Pairs that are written apart and are the same. */
  readonly equal?: readonly (readonly [string, string])[];
  readonly invalid?: readonly string[];
}

/** What no ecosystem has thought of; some of it would make a careless pattern explode. */
const hostile = [
  '',
  ' ',
  '-',
  '~',
  '0',
  '٣.١',
  '1.0\u0000',
  '💥',
  `1.${'0'.repeat(50_000)}1`,
  `${'1.'.repeat(50_000)}!`,
  `1.0${'-'.repeat(50_000)}`,
  `1.0-${'a.'.repeat(50_000)}!`,
  `1.0${'_p1'.repeat(20_000)}x`,
  ' '.repeat(50_000),
];

/** What every version scheme owes: the order of its ecosystem, and some order of anything else, always the same and soon. */
export function testVersionScheme(scheme: Scheme, { ordered, equal = [], invalid = [] }: VersionSchemeCase): void {
  describe(`${scheme.id}: as every version scheme`, () => {
    it('orders versions of its ecosystem', () => {
      for (const [position, version] of ordered.entries()) {
        expect(scheme.compare(version, version)).toBe(0);
        for (const later of ordered.slice(position + 1)) {
          expect(`${version} ${scheme.compare(version, later)} ${later}`).toBe(`${version} -1 ${later}`);
          expect(`${later} ${scheme.compare(later, version)} ${version}`).toBe(`${later} 1 ${version}`);
        }
      }
      for (const [a, b] of equal) expect(`${a} ${scheme.compare(a, b)} ${b}`).toBe(`${a} 0 ${b}`);
    });

    it('knows its own versions', () => {
      expect(ordered.filter((version) => !scheme.valid(version))).toEqual([]);
      expect(invalid.filter((version) => scheme.valid(version))).toEqual([]);
    });

    it('orders anything, soon', () => {
      const all = [...ordered, ...invalid, ...hostile];
      const start = performance.now();
      for (const a of all) {
        expect(typeof scheme.valid(a)).toBe('boolean');
        for (const b of all) expect(scheme.compare(a, b) + scheme.compare(b, a)).toBe(0);
      }
      expect(performance.now() - start).toBeLessThan(5000);
    });

    it('sorts the same from every beginning', () => {
      const all = [...ordered, ...invalid, ...hostile];
      const sorted = all.toSorted(scheme.compare);
      const again = all.toReversed().toSorted(scheme.compare);
      for (const [position, version] of sorted.entries()) expect(scheme.compare(version, again[position] ?? '')).toBe(0);
    });
  });
}
