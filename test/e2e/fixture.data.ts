/** Debian packages by name and version, as `/var/lib/dpkg/status` will hold them. */
export const debianOld = {
  'base-files': '11.1+deb11u8',
  bash: '5.1-2+deb11u1',
  libc6: '2.31-13+deb11u7',
  libssl: '1.1.1n-0+deb11u3',
  'perl-base': '5.32.1-4+deb11u2',
  tar: '1.34+dfsg-1',
  zlib1g: '1:1.2.11.dfsg-2+deb11u1',
} as const;

/** The same release half a year later. */
export const debianNew = {
  ...debianOld,
  libc6: '2.31-13+deb11u10',
  libssl: '1.1.1w-0+deb11u1',
  'perl-base': '5.32.1-4+deb11u3',
  zlib1g: '1:1.2.11.dfsg-2+deb11u2',
} as const;

/** Debian's tracker; every vulnerability is invented. */
export const debianTracker = {
  libssl: {
    'CVE-2099-0001': entry('A certificate with a long chain overruns a buffer.', 'high', '1.1.1n-0+deb11u4'),
    'CVE-2099-0002': entry('A timing difference tells bits of a key.', 'medium', '1.1.1w-0+deb11u1'),
    'CVE-2099-0003': entry('A resumed session skips a check.', 'low'),
  },
  libc6: { 'CVE-2099-0004': entry('A long host name overruns a buffer in the resolver.', 'high', '2.31-13+deb11u8') },
  'perl-base': {
    'CVE-2099-0005': entry('A crafted regular expression writes out of bounds.', 'medium', '5.32.1-4+deb11u3'),
    'CVE-2099-0006': entry('A module is loaded from the current directory.', 'low'),
  },
  zlib1g: { 'CVE-2099-0007': entry('Inflating with an extra field overruns a buffer.', 'high', '1:1.2.11.dfsg-2+deb11u2') },
  tar: { 'CVE-2099-0008': entry('A header without an end reads out of bounds.', 'unimportant') },
  libsqlite3: { 'CVE-2099-0009': entry('A crafted index reads out of bounds.', 'not yet assigned') },
} as const;

/** Python and npm packages with advisories in the OSV format. */
export const osvRecords = [
  osv('GHSA-plim-0001', 'CVE-2099-0101', 'PyPI', 'django', '3.2.13', 'C:H/I:H/A:H', 'SQL injection through crafted keys of annotate()'),
  osv('GHSA-plim-0002', 'CVE-2099-0102', 'PyPI', 'django', '3.2.16', 'C:N/I:N/A:H', 'A regular expression in a translated URL never ends'),
  osv('GHSA-plim-0003', 'CVE-2099-0103', 'PyPI', 'urllib3', '1.26.5', 'C:N/I:N/A:H', 'An authority with many @ takes quadratic time'),
  osv('GHSA-plim-0004', 'CVE-2099-0104', 'npm', 'lodash', '4.17.21', 'C:H/I:H/A:H', 'Prototype pollution <img src=x onerror=alert(1)>'),
  osv('GHSA-plim-0005', 'CVE-2099-0105', 'npm', 'lodash', '4.17.20', 'C:L/I:L/A:N', 'Command injection through template()'),
  osv('GHSA-plim-0006', 'CVE-2099-0106', 'npm', 'minimist', '1.2.6', 'C:H/I:H/A:H', 'Prototype pollution through __proto__'),
  osv('GHSA-plim-0007', 'CVE-2099-0107', 'npm', '@shop/cart', undefined, 'C:L/I:N/A:N', 'Prices are logged'),
] as const;

export const kevDocument = {
  title: 'Known exploited',
  catalogVersion: '2026.01.02',
  dateReleased: '2026-01-02T00:00:00Z',
  count: 1,
  vulnerabilities: [
    {
      cveID: 'CVE-2099-0104',
      dateAdded: '2026-01-01',
      dueDate: '2026-01-22',
      knownRansomwareCampaignUse: 'Known',
      vulnerabilityName: 'lodash',
    },
  ],
} as const;

export const epssDocument = [
  '#model_version:v2026.01.01,score_date:2026-01-02T00:00:00Z',
  'cve,epss,percentile',
  'CVE-2099-0001,0.91234,0.99100',
  'CVE-2099-0101,0.43210,0.97200',
  'CVE-2099-0104,0.97000,0.99900',
  '',
].join('\n');

export const alpineSecdb = {
  distroversion: 'v3.18',
  reponame: 'main',
  urlprefix: 'https://example.invalid',
  apkurl: '{{urlprefix}}/{{distroversion}}/{{reponame}}/{{arch}}/{{pkg.name}}-{{pkg.ver}}.apk',
  archs: ['x86_64'],
  packages: [{ pkg: { name: 'busybox', secfixes: { '1.36.1-r5': ['CVE-2099-0201'] } } }],
} as const;

function entry(description: string, urgency: string, fixed?: string) {
  const release = fixed === undefined ? { status: 'open', urgency } : { status: 'resolved', urgency, fixed_version: fixed };
  return { description, scope: 'remote', releases: { bullseye: { ...release, repositories: { bullseye: fixed ?? '0' } } } };
}

function osv(id: string, cve: string, ecosystem: string, name: string, fixed: string | undefined, impact: string, summary: string) {
  return {
    id,
    aliases: [cve],
    summary,
    details: `${summary}. See [the advisory](javascript:alert(1)).`,
    modified: '2026-01-01T00:00:00Z',
    published: '2025-12-01T00:00:00Z',
    severity: [{ type: 'CVSS_V3', score: `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/${impact}` }],
    references: [
      { type: 'WEB', url: `https://example.invalid/${cve}` },
      { type: 'WEB', url: 'javascript:alert(1)' },
    ],
    affected: [
      { package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, ...(fixed ? [{ fixed }] : [])] }] },
    ],
  };
}
