import type { Distro, PackageType } from '@plimsoll/model';
import { buildAdvisory, createMemoryAdvisories } from '@plimsoll/testkit';
import { describe, expect, it, vi } from 'vitest';
import type { Advisory, AdvisoryRecord, AffectedPackage } from '../advisory/types.ts';
import { match } from './match.ts';
import type { Subject } from './types.ts';

const bookworm: Distro = { id: 'debian', name: 'Debian GNU/Linux 12 (bookworm)', version: '12', like: [] };

const subject = (type: PackageType, name: string, version: string, origin?: string): Subject => ({
  id: `${name}@${version}`,
  type,
  name,
  version,
  purl: `pkg:${type}/${name}@${version}`,
  introducedIn: 3,
  ...(origin && { origin: { name: origin, version } }),
});
const advisory = (id: string, affected: Partial<AffectedPackage>, change: Partial<Advisory> = {}): AdvisoryRecord => ({
  kind: 'advisory',
  advisory: buildAdvisory(id, [affected], change),
});
const openssl = { ecosystem: 'debian:12', name: 'openssl', scheme: 'deb' } as const;
const left = { ranges: [{ introduced: '0', fixed: '1.2.3' }] };
const libssl = subject('deb', 'libssl3', '3.0.11-1', 'openssl');

describe('match', () => {
  it('names as the fix the newest of those that several announcements of one source bring', () => {
    const curl = (fixed: string) =>
      advisory('CVE-2024-0001', { ecosystem: 'almalinux:9', name: 'curl', scheme: 'rpm', ranges: [{ introduced: '0', fixed }] });
    const lookup = createMemoryAdvisories({ osv: [curl('7.76.1-9.el9'), curl('7.76.1-10.el9'), curl('7.76.1-5.el9')] });
    const alma: Distro = { id: 'almalinux', name: 'AlmaLinux 9', version: '9.4', like: [] };
    expect(match([subject('rpm', 'curl', '7.76.1-7.el9')], alma, lookup).matches).toMatchObject([
      { id: 'CVE-2024-0001', fixedIn: '7.76.1-10.el9' },
    ]);
    expect(match([subject('rpm', 'curl', '7.76.1-10.el9')], alma, lookup).matches).toEqual([]);
  });

  it('makes one match of a distribution’s record and everyone’s texts, and says how', () => {
    const lookup = createMemoryAdvisories({
      'debian-tracker': [
        advisory('CVE-2024-0001', { ...openssl, ranges: [{ fixed: '3.0.13-1' }], severity: 'low' }, { description: 'as Debian has it' }),
      ],
      osv: [
        advisory(
          'GHSA-aaaa',
          { ecosystem: 'npm', name: 'openssl-js', ranges: [{}] },
          {
            aliases: ['CVE-2024-0001'],
            summary: 'in short',
            published: '2024-01-02T00:00:00Z',
            cwes: ['CWE-787'],
            references: ['https://example.org/1'],
            opinions: [{ source: 'github', severity: 'high', score: 7.5, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }],
          },
        ),
      ],
      kev: [{ kind: 'kev', id: 'CVE-2024-0001', kev: { dateAdded: '2024-02-01', ransomware: true } }],
      epss: [{ kind: 'epss', id: 'CVE-2024-0001', epss: { score: 0.5, percentile: 0.9 } }],
    });
    expect(match([libssl], bookworm, lookup)).toEqual({
      gaps: [],
      uncovered: new Set(),
      matches: [
        {
          id: 'CVE-2024-0001',
          aliases: ['GHSA-aaaa'],
          package: 'pkg:deb/libssl3@3.0.11-1',
          packageId: 'libssl3@3.0.11-1',
          introducedIn: 3,
          status: 'affected',
          fixedIn: '3.0.13-1',
          severity: 'low',
          severitySource: 'debian-tracker',
          opinions: [
            { source: 'debian-tracker', severity: 'low' },
            { source: 'github', severity: 'high', score: 7.5, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
          ],
          cvss: { score: 7.5, version: '3.1', source: 'github', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
          kev: { dateAdded: '2024-02-01', ransomware: true },
          epss: { score: 0.5, percentile: 0.9 },
          cwes: ['CWE-787'],
          summary: 'in short',
          description: 'as Debian has it',
          published: '2024-01-02T00:00:00Z',
          references: ['https://example.org/1'],
          source: 'debian-tracker',
          advisoryId: 'CVE-2024-0001',
          how: {
            matcher: 'distro',
            searchedBy: { ecosystem: 'debian:12', name: 'openssl', version: '3.0.11-1' },
            range: '<3.0.13-1',
            scheme: 'deb',
          },
        },
      ],
    });
  });

  it('takes the exploitation of a vulnerability whose record has its CVE id as an alias only', () => {
    const lookup = createMemoryAdvisories({
      osv: [advisory('GHSA-aaaa', left, { aliases: ['CVE-2024-0001'] })],
      kev: [{ kind: 'kev', id: 'CVE-2024-0001', kev: { dateAdded: '2024-02-01', ransomware: false } }],
    });
    expect(match([subject('npm', 'left', '1.0.0')], undefined, lookup).matches).toMatchObject([
      { id: 'CVE-2024-0001', aliases: ['GHSA-aaaa'], advisoryId: 'GHSA-aaaa', kev: { dateAdded: '2024-02-01' } },
    ]);
  });

  it.each(['will-not-fix', 'end-of-life', 'under-investigation'] as const)('keeps the status %s', (status) => {
    const lookup = createMemoryAdvisories({ 'debian-tracker': [advisory('CVE-2024-0001', { ...openssl, ranges: [{}], status })] });
    expect(match([libssl], bookworm, lookup).matches).toMatchObject([{ status, how: { range: 'any version' } }]);
  });

  it('matches each package of one origin, and each version that is shipped', () => {
    const lookup = createMemoryAdvisories({
      'debian-tracker': [advisory('CVE-2024-0001', { ...openssl, ranges: [{ fixed: '3.0.13-1' }] })],
    });
    const subjects = [libssl, subject('deb', 'openssl', '3.0.11-1'), subject('deb', 'openssl', '3.0.13-1')];
    expect(match(subjects, bookworm, lookup).matches.map(({ packageId }) => packageId)).toEqual(['libssl3@3.0.11-1', 'openssl@3.0.11-1']);
  });

  it('hears who knows no package last: its severity counts where nobody else has one', () => {
    const nvd = advisory(
      'CVE-2024-0001',
      {},
      { opinions: [{ source: 'nvd', severity: 'critical', score: 9.8 }], description: 'as NVD has it' },
    );
    const github = advisory(
      'GHSA-aaaa',
      { ...left, name: 'other' },
      { aliases: ['CVE-2024-0001'], opinions: [{ source: 'github', severity: 'low' }] },
    );
    const debian = advisory('CVE-2024-0001', { ...openssl, ranges: [{ fixed: '3.0.13-1' }] });
    const found = (osv: readonly AdvisoryRecord[]) =>
      match([libssl], bookworm, createMemoryAdvisories({ 'debian-tracker': [debian], nvd: [nvd], osv })).matches[0];
    expect(found([])).toMatchObject({
      severity: 'critical',
      severitySource: 'nvd',
      description: 'as NVD has it',
      source: 'debian-tracker',
    });
    expect(found([github])).toMatchObject({ severity: 'low', severitySource: 'github' });
    expect(found([github])?.opinions.map(({ source }) => source)).toEqual(['github', 'nvd']);
  });

  it('puts the worst first: severity, exploited, likely, id, package', () => {
    const opinion = (severity: 'high' | 'low') => ({ opinions: [{ source: 'github', severity }] });
    const lookup = createMemoryAdvisories({
      osv: [
        advisory('CVE-2024-0001', left, opinion('low')),
        advisory('CVE-2024-0002', left, opinion('high')),
        advisory('CVE-2024-0003', left, opinion('high')),
        advisory('CVE-2024-0004', left, opinion('high')),
        advisory('CVE-2024-0005', left, opinion('high')),
      ],
      kev: [{ kind: 'kev', id: 'CVE-2024-0005', kev: { dateAdded: '2024-02-01', ransomware: false } }],
      epss: [{ kind: 'epss', id: 'CVE-2024-0004', epss: { score: 0.2, percentile: 0.5 } }],
    });
    const order = (subjects: readonly Subject[]) =>
      match(subjects, undefined, lookup).matches.map(({ id, packageId }) => `${id.slice(-1)} ${packageId}`);
    const a = subject('npm', 'left', '1.0.0');
    const b = subject('npm', 'left', '1.1.0');
    const expected = ['5', '4', '2', '3', '1'].flatMap((id) => [`${id} left@1.0.0`, `${id} left@1.1.0`]);
    expect(order([a, b])).toEqual(expected);
    expect(order([b, a])).toEqual(expected);
  });

  it('asks the database once, whatever there is to match', () => {
    const lookup = createMemoryAdvisories({});
    const find = vi.spyOn(lookup, 'find');
    match([libssl, subject('npm', 'left', '1.0.0'), subject('pypi', 'right', '1.0')], bookworm, lookup);
    expect(find.mock.calls).toEqual([
      [
        [
          { ecosystem: 'debian:12', name: 'openssl' },
          { ecosystem: 'npm', name: 'left' },
          { ecosystem: 'pypi', name: 'right' },
        ],
      ],
    ]);
  });

  it.each<[string, readonly Subject[], Distro | undefined, readonly string[]]>([
    ['nothing, where there is nothing to match', [], undefined, []],
    ['nothing, where all is covered', [subject('npm', 'other', '1.0.0')], undefined, []],
    [
      'each ecosystem without data, once',
      [libssl, subject('deb', 'b', '1'), subject('pypi', 'a', '1')],
      bookworm,
      ['no advisories are loaded for debian 12', 'no advisories are loaded for pypi'],
    ],
    ['a distribution without a release', [libssl], { id: 'debian', name: 'Debian', like: [] }, ['no advisories are loaded for debian sid']],
    ['a distribution that nobody follows', [libssl], { id: 'void', name: 'Void', like: ['debian'] }, ['no advisories are known for Void']],
    ['an unnamed distribution', [libssl], undefined, ['no advisories are known for a distribution that is not named']],
  ])('says of gaps: %s', (_name, subjects, distro, gaps) => {
    const lookup = createMemoryAdvisories({ osv: [advisory('GHSA-aaaa', left)] });
    const found = match(subjects, distro, lookup);
    expect(found).toMatchObject({ matches: [], gaps });
    expect(found.uncovered.size).toBe(gaps.length);
  });

  it('says which programs nobody speaks of, where programs are covered', () => {
    const redis = { ecosystem: 'bitnami', name: 'redis', scheme: 'generic', ranges: [{ fixed: '7.2.4' }] } as const;
    const programs = ['openssl', 'redis', 'curl', 'curl'].map((name, position) => subject('generic', name, `8.${position}`));
    const found = match(programs, undefined, createMemoryAdvisories({ osv: [advisory('BIT-redis-1', redis)] }));
    expect(found).toMatchObject({ matches: [], gaps: ['no advisories are known of curl, openssl'], uncovered: new Set() });
    expect(match(programs, undefined, createMemoryAdvisories({})).gaps).toEqual(['no advisories are loaded for bitnami']);
  });
});
