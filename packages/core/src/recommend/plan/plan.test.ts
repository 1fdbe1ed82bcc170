import { describe, expect, it } from 'vitest';
import { installed, inventoryOf, matchOf } from '../simulate/inventory.fixture.ts';
import type { RecommendInput } from '../types.ts';
import { makePlan } from './plan.ts';

const packages = {
  openssl: installed('deb openssl 1 @0'),
  gcc: installed('deb gcc-12 12 @4'),
  lodash: installed('npm lodash 4.17.11 @4'),
  npm: installed('npm npm 8.0.0 @0'),
  tar: installed('deb tar 1 @0'),
};

function input(matches: RecommendInput['matches']): RecommendInput {
  const inventory = inventoryOf(Object.values(packages));
  const self = { layers: [3, 5] as const, self: true } as RecommendInput['links'][number];
  return { inventory, matches, links: [self] } as unknown as RecommendInput;
}

describe('a plan', () => {
  it('is empty where nothing helps', () => {
    expect(makePlan(input([]), undefined)).toEqual([]);
    expect(makePlan(input([matchOf(packages.tar, 'CVE-1 high')]), undefined)).toEqual([]);
  });

  it('takes the step that takes most away first, and says what is left after each', () => {
    const plan = makePlan(
      input([
        matchOf(packages.openssl, 'CVE-1 medium', '2'),
        matchOf(packages.lodash, 'CVE-2 critical', '4.17.20'),
        matchOf(packages.lodash, 'CVE-3 high', '4.17.21'),
        matchOf(packages.tar, 'CVE-4 low'),
      ]),
      undefined,
    );
    expect(plan.map(({ title }) => title)).toEqual(['Upgrade 1 npm package', 'Upgrade 1 Debian package']);
    expect(plan[0]).toMatchObject({
      packages: [{ name: 'lodash', from: '4.17.11', to: '4.17.21' }],
      commands: ['npm install lodash@4.17.21'],
      removes: { critical: 1, high: 1 },
      after: { critical: 0, high: 0, medium: 1, low: 1 },
    });
    expect(plan[1]?.dockerfile[0]).toContain('--only-upgrade openssl');
    expect(plan[1]?.after).toMatchObject({ medium: 0, low: 1 });
  });

  it('leaves language packages of the base to the base', () => {
    expect(makePlan(input([matchOf(packages.npm, 'CVE-1 critical', '9.0.0')]), undefined)).toEqual([]);
  });

  it('does without what builds programs', () => {
    const plan = makePlan(input([matchOf(packages.gcc, 'CVE-1 high')]), undefined);
    expect(plan).toMatchObject([{ kind: 'remove-packages', packages: [{ name: 'gcc-12' }], after: { high: 0 } }]);
  });

  it('weighs what is exploited more', () => {
    const kev = { dateAdded: '2026-01-01', ransomware: false };
    const plan = makePlan(
      input([
        { ...matchOf(packages.openssl, 'CVE-1 high', '2'), kev },
        matchOf(packages.lodash, 'CVE-2 high', '4.17.20'),
        matchOf(packages.lodash, 'CVE-3 high', '4.17.20'),
      ]),
      undefined,
    );
    expect(plan[0]?.packages[0]?.name).toBe('openssl');
  });

  it('leaves out what takes next to nothing away', () => {
    const plan = makePlan(
      input([
        matchOf(packages.lodash, 'CVE-1 critical', '4.17.20'),
        matchOf(packages.lodash, 'CVE-2 critical', '4.17.20'),
        matchOf(packages.openssl, 'CVE-3 low', '2'),
      ]),
      undefined,
    );
    expect(plan).toHaveLength(1);
  });
});
