import { describe, expect, it } from 'vitest';
import type { AffectedPackage, FoundAdvisory } from '../../advisory/types.ts';
import { decideByVersion } from './decide.ts';

const record = (affected: Partial<AffectedPackage>): FoundAdvisory => ({
  source: 'osv',
  id: 'GHSA-1',
  advisory: { id: 'GHSA-1', aliases: [], opinions: [], cwes: [], references: [] },
  affected: { ecosystem: 'npm', name: 'left', scheme: 'semver', ranges: [], status: 'affected', ...affected },
});
const lines = [
  { introduced: '1.0.0', fixed: '1.6.0' },
  { introduced: '2.0.0', fixed: '2.3.0' },
];

describe('decideByVersion', () => {
  it.each<[string, string, Partial<AffectedPackage>, string | undefined]>([
    ['its own line’s fix, not the next line’s', '1.5.0', { ranges: lines }, '1.6.0'],
    ['the second line’s fix', '2.2.9', { ranges: lines }, '2.3.0'],
    ['the end of ranges that overlap', '1.0.0', { ranges: [{ fixed: '1.2.0' }, { fixed: '2.0.0' }] }, '2.0.0'],
    [
      'the end of ranges that follow on each other',
      '1.0.0',
      { ranges: [{ fixed: '1.2.0' }, { introduced: '1.2.0', fixed: '1.3.0' }] },
      '1.3.0',
    ],
    ['none where another range stays open', '1.0.0', { ranges: [{ fixed: '1.2.0' }, { introduced: '0.5.0' }] }, undefined],
    [
      'none after a last affected one',
      '1.0.0',
      { ranges: [{ lastAffected: '1.9.0' }, { introduced: '2.0.0', fixed: '2.3.0' }] },
      undefined,
    ],
    ['none for an enumerated version', '1.0.0', { versions: ['1.0.0'] }, undefined],
  ])('names as the fix %s', (_name, version, affected, fixedIn) => {
    const decision = decideByVersion(version, record(affected));
    expect(decision.affected && decision.fixedIn).toBe(fixedIn);
  });

  it('takes an enumerated version as the ecosystem compares it', () => {
    expect(decideByVersion('1.0.0', record({ scheme: 'pep440', versions: ['0.9', '1.0'] }))).toMatchObject({ affected: true });
    expect(decideByVersion('1.0.0-rc.1', record({ versions: ['1.0.0'] }))).toMatchObject({ affected: false });
  });

  it.each<[string, string, Partial<AffectedPackage>]>([
    ['between lines', '1.7.0', { ranges: lines }],
    ['not among those enumerated', '1.0.1', { versions: ['1.0.0'] }],
    ['without any range', '1.0.0', {}],
  ])('leaves out a version %s', (_name, version, affected) => {
    expect(decideByVersion(version, record(affected))).toMatchObject({ affected: false, statement: false });
  });
});
