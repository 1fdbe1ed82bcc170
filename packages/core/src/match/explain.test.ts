import type { Distro, PackageType } from '@plimsoll/model';
import { buildAdvisory, createMemoryAdvisories } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import type { AffectedPackage } from '../advisory/types.ts';
import { examine, namesOfVulnerability } from './explain.ts';
import type { Subject } from './types.ts';

const bookworm: Distro = { id: 'debian', name: 'Debian', version: '12', like: [] };
const subject = (type: PackageType, name: string, version: string): Subject => ({
  id: name,
  type,
  name,
  version,
  purl: `pkg:${type}/${name}@${version}?arch=amd64`,
  introducedIn: 0,
});
const record = (id: string, affected: Partial<AffectedPackage>, aliases: readonly string[] = []) => ({
  kind: 'advisory' as const,
  advisory: buildAdvisory(id, [affected], { aliases }),
});

describe('examine', () => {
  const left = { ecosystem: 'npm', name: 'left' } as const;
  const lookup = createMemoryAdvisories({
    osv: [
      record('GHSA-1', { ...left, ranges: [{ fixed: '1.0.0' }, { introduced: '2.0.0', fixed: '2.5.0' }], versions: ['3.0.0', '3.1.0'] }, [
        'CVE-1',
      ]),
      record('GHSA-2', { ...left, ranges: [{}] }, ['CVE-2']),
    ],
    'debian-tracker': [record('CVE-1', { ecosystem: 'debian:12', name: 'libleft', scheme: 'deb', status: 'not-affected' })],
    second: [record('CVE-1', { ecosystem: 'debian:12', name: 'libleft', scheme: 'deb', ranges: [{}] })],
    third: [record('CVE-1', { ecosystem: 'debian:12', name: 'libleft', scheme: 'deb', architecture: 's390x', ranges: [{}] })],
  });
  const ids = new Set(['CVE-1']);

  it('compares each range, and the versions that are named', () => {
    expect(examine(subject('npm', 'left', '2.1.0'), undefined, lookup, ids)).toEqual({
      matcher: 'language',
      keys: [{ ecosystem: 'npm', name: 'left', covered: true }],
      recordsSearched: 2,
      records: [
        {
          source: 'osv',
          id: 'GHSA-1',
          aliases: ['CVE-1'],
          ecosystem: 'npm',
          name: 'left',
          status: 'affected',
          version: '2.1.0',
          scheme: 'semver',
          ranges: [
            { range: '<1.0.0', holds: false },
            { range: '>=2.0.0, <2.5.0', holds: true },
          ],
          enumerated: { count: 2, holds: false },
          affects: true,
          reason: '2.1.0 lies in >=2.0.0, <2.5.0',
        },
      ],
    });
    const [named] = examine(subject('npm', 'left', '3.1.0'), undefined, lookup, ids).records;
    expect(named).toMatchObject({ affects: true, enumerated: { holds: true }, ranges: [{ holds: false }, { holds: false }] });
    const [outside] = examine(subject('npm', 'left', '4.0.0'), undefined, lookup, ids).records;
    expect(outside).toMatchObject({ affects: false, reason: '4.0.0 lies outside <1.0.0 and >=2.0.0, <2.5.0' });
  });

  it('says which record is believed first, and which is of another architecture', () => {
    const { records } = examine(subject('deb', 'libleft', '1-1'), bookworm, lookup, ids);
    expect(records.map(({ source, affects, outrankedBy }) => [source, affects, outrankedBy?.source])).toEqual([
      ['debian-tracker', false, undefined],
      ['second', true, 'debian-tracker'],
      ['third', false, undefined],
    ]);
    expect(records[2]?.reason).toBe('it is about s390x');
  });

  it('says where nothing is loaded, or known', () => {
    expect(examine(subject('gem', 'left', '1'), undefined, lookup, ids)).toMatchObject({
      keys: [{ covered: false }],
      recordsSearched: 0,
      records: [],
    });
    const nowhere: Distro = { ...bookworm, id: 'nowhere' };
    expect(examine(subject('deb', 'left', '1'), nowhere, lookup, ids)).toMatchObject({ keys: [], records: [] });
  });
});

describe('namesOfVulnerability', () => {
  const lookup = createMemoryAdvisories({
    osv: [record('GHSA-aaaa', {}, ['CVE-1']), record('PYSEC-1', {}, ['GHSA-aaaa'])],
    'debian-tracker': [record('DSA-1', {}, ['CVE-1', 'CVE-2'])],
  });

  it('follows aliases, whatever the letters', () => {
    for (const id of ['cve-1', 'CVE-1']) {
      const names = namesOfVulnerability(id, lookup);
      expect(names.id).toBe('CVE-1');
      expect([...names.ids].sort()).toEqual(['CVE-1', 'DSA-1', 'GHSA-aaaa', 'PYSEC-1']);
      expect(names.knownBy).toEqual(['debian-tracker', 'osv']);
    }
    expect(namesOfVulnerability('ghsa-AAAA', lookup).id).toBe('GHSA-aaaa');
  });

  it('does not take another CVE of one advisory for the same', () => {
    expect([...namesOfVulnerability('CVE-2', lookup).ids]).not.toContain('CVE-1');
  });

  it('keeps what nobody knows', () => {
    expect(namesOfVulnerability('X-1', lookup)).toEqual({ id: 'X-1', ids: new Set(['X-1']), knownBy: [] });
  });
});
