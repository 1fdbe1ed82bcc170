import type { HiddenPackage, Match, Package } from '@plimsoll/model';

/** Text that must stay text wherever it is shown: markup, a spreadsheet's formula, control characters, a terminal's escape. */
export const HOSTILE = '<img src=x onerror=alert(1)> =1+1 \u001b[31m "quoted", `ticks` | [link](javascript:alert(1))';

const deb = (name: string, version: string): string => `pkg:deb/debian/${name}@${version}?arch=amd64&distro=debian-11`;
const dpkg = { type: 'deb', architecture: 'amd64', licenses: [], foundBy: 'dpkg' } as const;
const status = (layer: number) => ({ path: 'var/lib/dpkg/status', layer });

export const packages: readonly Package[] = [
  {
    ...dpkg,
    id: 'deb/libc6@2.31-13+deb11u7',
    name: 'libc6',
    version: '2.31-13+deb11u7',
    purl: deb('libc6', '2.31-13%2Bdeb11u7'),
    origin: { name: 'glibc', version: '2.31-13+deb11u7' },
    evidence: [status(0)],
    introducedIn: 0,
    life: [{ layer: 0, kind: 'added', to: '2.31-13+deb11u7' }],
  },
  {
    ...dpkg,
    id: 'deb/libssl1.1@1.1.1n-0+deb11u5',
    name: 'libssl1.1',
    version: '1.1.1n-0+deb11u5',
    purl: deb('libssl1.1', '1.1.1n-0%2Bdeb11u5'),
    origin: { name: 'openssl', version: '1.1.1n-0+deb11u5' },
    evidence: [status(5)],
    introducedIn: 5,
    life: [
      { layer: 0, kind: 'added', to: '1.1.1n-0+deb11u3' },
      { layer: 5, kind: 'upgraded', from: '1.1.1n-0+deb11u3', to: '1.1.1n-0+deb11u5' },
    ],
  },
  {
    ...dpkg,
    id: 'deb/perl-base@5.32.1-4+deb11u2',
    name: 'perl-base',
    version: '5.32.1-4+deb11u2',
    purl: deb('perl-base', '5.32.1-4%2Bdeb11u2'),
    origin: { name: 'perl', version: '5.32.1-4+deb11u2' },
    evidence: [status(0)],
    introducedIn: 0,
    life: [{ layer: 0, kind: 'added', to: '5.32.1-4+deb11u2' }],
  },
  {
    ...dpkg,
    id: 'deb/python3-six@1.16.0-2',
    name: 'python3-six',
    version: '1.16.0-2',
    purl: deb('python3-six', '1.16.0-2'),
    origin: { name: 'six', version: '1.16.0-2' },
    evidence: [status(2)],
    introducedIn: 2,
    life: [{ layer: 2, kind: 'added', to: '1.16.0-2' }],
  },
  {
    id: 'npm/@shop/cart@1.0.0',
    type: 'npm',
    name: '@shop/cart',
    version: '1.0.0',
    purl: 'pkg:npm/%40shop/cart@1.0.0',
    licenses: ['UNLICENSED', HOSTILE],
    evidence: [{ path: 'app/node_modules/@shop/cart/package.json', layer: 4 }],
    introducedIn: 4,
    life: [{ layer: 4, kind: 'added', to: '1.0.0' }],
    foundBy: 'node',
  },
  {
    id: 'npm/lodash@4.17.11',
    type: 'npm',
    name: 'lodash',
    version: '4.17.11',
    purl: 'pkg:npm/lodash@4.17.11',
    licenses: ['MIT'],
    evidence: [
      { path: 'app/node_modules/lodash/package.json', layer: 4 },
      { path: 'app/node_modules/@shop/cart/node_modules/lodash/package.json', layer: 4 },
    ],
    introducedIn: 4,
    life: [{ layer: 4, kind: 'added', to: '4.17.11' }],
    foundBy: 'node',
  },
  {
    id: 'pypi/six@1.16.0',
    type: 'pypi',
    name: 'six',
    version: '1.16.0',
    purl: 'pkg:pypi/six@1.16.0',
    licenses: ['MIT'],
    evidence: [{ path: 'usr/lib/python3/dist-packages/six-1.16.0.egg-info', layer: 2 }],
    introducedIn: 2,
    life: [{ layer: 2, kind: 'added', to: '1.16.0' }],
    ownedBy: 'deb/python3-six@1.16.0-2',
    foundBy: 'python',
  },
];

export const hidden: readonly HiddenPackage[] = [
  {
    id: 'deb/libssl1.1@1.1.1n-0+deb11u3#0',
    type: 'deb',
    name: 'libssl1.1',
    version: '1.1.1n-0+deb11u3',
    purl: deb('libssl1.1', '1.1.1n-0%2Bdeb11u3'),
    origin: { name: 'openssl', version: '1.1.1n-0+deb11u3' },
    evidence: [status(0)],
    introducedIn: 0,
    hiddenBy: 5,
    replacedBy: '1.1.1n-0+deb11u5',
    foundBy: 'dpkg',
  },
  {
    id: 'npm/minimist@1.2.0#4',
    type: 'npm',
    name: 'minimist',
    version: '1.2.0',
    purl: 'pkg:npm/minimist@1.2.0',
    evidence: [{ path: 'app/node_modules/minimist/package.json', layer: 4 }],
    introducedIn: 4,
    hiddenBy: 6,
    foundBy: 'node',
  },
];

/** Worst first. */
export const matches: readonly Match[] = [
  {
    ...language('CVE-2099-0104', 'GHSA-plim-0004', 'npm', 'lodash', '4.17.11', '<4.17.21'),
    severity: 'critical',
    severitySource: 'osv',
    opinions: [
      { source: 'osv', severity: 'critical', score: 9.8, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
      { source: 'nvd', severity: 'high', score: 7.5 },
    ],
    cvss: { score: 9.8, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', version: '3.1', source: 'osv' },
    epss: { score: 0.97, percentile: 0.999, date: '2026-01-30' },
    kev: { dateAdded: '2026-01-01', dueDate: '2026-01-22', ransomware: true },
    cwes: ['CWE-1321'],
    summary: `Prototype pollution ${HOSTILE}`,
    description: `Long text of **an advisory**.\n\n${HOSTILE}`,
    references: ['https://example.invalid/CVE-2099-0104'],
    published: '2025-12-01T00:00:00Z',
    fixedIn: '4.17.21',
  },
  {
    ...distro('CVE-2099-0004', 'libc6', 'glibc', '2.31-13+deb11u7', '<2.31-13+deb11u8'),
    severity: 'high',
    opinions: [{ source: 'debian-tracker', severity: 'high' }],
    epss: { score: 0.0123, percentile: 0.55 },
    fixedIn: '2.31-13+deb11u8',
  },
  {
    ...language('CVE-2099-0105', 'GHSA-plim-0005', 'npm', 'lodash', '4.17.11', '<4.17.20'),
    severity: 'medium',
    opinions: [{ source: 'osv', severity: 'medium', score: 6.5 }],
    fixedIn: '4.17.20',
  },
  {
    ...language('CVE-2099-0110', 'GHSA-plim-0010', 'pypi', 'six', '1.16.0', 'every version'),
    severity: 'medium',
    opinions: [{ source: 'osv', severity: 'medium' }],
    introducedIn: 2,
    suppressed: { by: 'owner', reason: 'python3-six of Debian owns these files, and Debian says it is not affected' },
  },
  {
    ...distro('CVE-2099-0006', 'perl-base', 'perl', '5.32.1-4+deb11u2', 'every version'),
    severity: 'low',
    opinions: [{ source: 'debian-tracker', severity: 'low' }],
    status: 'will-not-fix',
  },
  {
    ...language('GHSA-plim-0007', 'GHSA-plim-0007', 'npm', '@shop/cart', '1.0.0', 'every version'),
    severity: 'unspecified',
    opinions: [],
    status: 'under-investigation',
  },
];

export const hiddenMatches: readonly Match[] = [
  {
    ...language('CVE-2099-0106', 'GHSA-plim-0006', 'npm', 'minimist', '1.2.0', '<1.2.6'),
    packageId: 'npm/minimist@1.2.0#4',
    severity: 'critical',
    opinions: [{ source: 'osv', severity: 'critical', score: 9.8 }],
    fixedIn: '1.2.6',
  },
  {
    ...distro('CVE-2099-0001', 'libssl1.1', 'openssl', '1.1.1n-0+deb11u3', '<1.1.1n-0+deb11u4'),
    packageId: 'deb/libssl1.1@1.1.1n-0+deb11u3#0',
    severity: 'high',
    opinions: [{ source: 'debian-tracker', severity: 'high' }],
    fixedIn: '1.1.1n-0+deb11u4',
  },
];

type Common = Omit<Match, 'severity' | 'opinions'>;

function distro(id: string, name: string, origin: string, version: string, range: string): Common {
  return {
    id,
    aliases: [],
    package: deb(name, version.replaceAll('+', '%2B')),
    packageId: `deb/${name}@${version}`,
    severitySource: 'debian-tracker',
    cwes: [],
    references: [`https://security-tracker.debian.org/tracker/${id}`],
    status: 'affected',
    introducedIn: 0,
    source: 'debian-tracker',
    advisoryId: id,
    how: { matcher: 'distro', searchedBy: { ecosystem: 'debian:11', name: origin, version }, range, scheme: 'deb' },
  };
}

function language(id: string, advisoryId: string, type: 'npm' | 'pypi', name: string, version: string, range: string): Common {
  return {
    id,
    aliases: id === advisoryId ? [] : [advisoryId],
    package: `pkg:${type}/${name.replace('@', '%40')}@${version}`,
    packageId: `${type}/${name}@${version}`,
    severitySource: 'osv',
    cwes: [],
    references: [],
    status: 'affected',
    introducedIn: 4,
    source: 'osv',
    advisoryId,
    how: { matcher: 'language', searchedBy: { ecosystem: type, name, version }, range, scheme: type === 'npm' ? 'semver' : 'pep440' },
  };
}
