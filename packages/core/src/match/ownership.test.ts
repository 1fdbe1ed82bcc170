import type { Distro, PackageType } from '@plimsoll/model';
import { buildAdvisory, createMemoryAdvisories } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import type { Advisory, AdvisoryRecord, AffectedPackage } from '../advisory/types.ts';
import { match } from './match.ts';
import type { Subject } from './types.ts';

const bookworm: Distro = { id: 'debian', name: 'Debian GNU/Linux 12 (bookworm)', version: '12', like: [] };
const subject = (type: PackageType, name: string, version: string, ownedBy?: string): Subject => ({
  id: name,
  type,
  name,
  version,
  purl: `pkg:${type}/${name}@${version}`,
  introducedIn: 0,
  ...(ownedBy && { ownedBy }),
});
const advisory = (id: string, affected: Partial<AffectedPackage>, change: Partial<Advisory> = {}): AdvisoryRecord => ({
  kind: 'advisory',
  advisory: buildAdvisory(id, [affected], change),
});
const debian = { ecosystem: 'debian:12', name: 'python3-six', scheme: 'deb' } as const;
const osv = advisory(
  'GHSA-1',
  { ecosystem: 'pypi', name: 'six', scheme: 'pep440', ranges: [{ fixed: '2' }] },
  { aliases: ['CVE-1', 'PYSEC-1'] },
);
const owner = subject('deb', 'python3-six', '1.16-4');
const six = subject('pypi', 'six', '1.16', 'python3-six');

function suppressedBy(records: readonly AdvisoryRecord[], subjects: readonly Subject[] = [owner, six]): readonly unknown[] {
  const { matches } = match(subjects, bookworm, createMemoryAdvisories({ osv: [osv], 'debian-tracker': records }));
  return matches.filter(({ packageId }) => packageId === 'six').map(({ suppressed }) => suppressed);
}

describe('a language package that a package of the distribution owns', () => {
  it('is counted with its owner where both have it', () => {
    const records = [advisory('CVE-1', { ...debian, ranges: [{}] })];
    expect(suppressedBy(records)).toEqual([{ by: 'owner', reason: 'counted for python3-six, which owns these files' }]);
  });

  it('is counted with its owner where the two name it differently', () => {
    expect(suppressedBy([advisory('DSA-1', { ...debian, ranges: [{}] }, { aliases: ['PYSEC-1'] })])).toMatchObject([{ by: 'owner' }]);
  });

  it('has not what the distribution fixed in its owner', () => {
    expect(suppressedBy([advisory('CVE-1', { ...debian, ranges: [{ fixed: '1.16-3' }] })])).toEqual([
      {
        by: 'distro',
        reason: 'debian-tracker says that python3-six 1.16-4, which owns these files, does not have it: 1.16-4 lies outside <1.16-3',
      },
    ]);
  });

  it('has not what the distribution says its owner never had', () => {
    expect(suppressedBy([advisory('CVE-1', { ...debian, status: 'not-affected' })])).toEqual([
      { by: 'distro', reason: 'debian-tracker says that python3-six, which owns these files, is not affected' },
    ]);
  });

  it.each<[string, readonly AdvisoryRecord[]]>([
    ['says nothing', []],
    ['speaks of another vulnerability', [advisory('CVE-2', { ...debian, ranges: [{}] })]],
    ['speaks of another architecture', [advisory('CVE-1', { ...debian, architecture: 's390x', ranges: [{}] })]],
  ])('stands where the distribution %s', (_, records) => {
    const own: Subject = { ...owner, purl: `${owner.purl}?arch=amd64` };
    expect(suppressedBy(records, [own, six])).toEqual([undefined]);
  });

  it('stands where nobody owns it, or the owner is gone', () => {
    const records = [advisory('CVE-1', { ...debian, ranges: [{}] })];
    expect(suppressedBy(records, [owner, subject('pypi', 'six', '1.16')])).toEqual([undefined]);
    expect(suppressedBy(records, [six])).toEqual([undefined]);
  });
});
