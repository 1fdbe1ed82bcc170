import { describe, expect, it } from 'vitest';
import { ecosystems, placeOf } from './ecosystems.ts';
import { osv } from './index.ts';
import { parseOsv } from './parse.ts';

const fixed = (ecosystem: string, name: string, version: string, change: object = {}) => ({
  package: { ecosystem, name },
  ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: version }] }],
  ...change,
});
const parse = (id: string, affected: object, change: object = {}) => {
  const found = parseOsv(new TextEncoder().encode(JSON.stringify({ id, affected: [affected], ...change })));
  return typeof found === 'string' ? found : found;
};

describe('the ecosystem of OSV', () => {
  it.each([
    ['AlmaLinux:8', 'almalinux:8'],
    ['Rocky Linux:9', 'rocky:9'],
    ['Red Hat:enterprise_linux:9::baseos', 'rhel:9'],
    ['Red Hat:enterprise_linux:10.0', 'rhel:10'],
    ['Red Hat:rhel_aus:8.6::appstream', undefined],
    ['SUSE:Linux Enterprise Server 15 SP5', 'sles:15.5'],
    ['SUSE:Linux Enterprise Server 15', 'sles:15'],
    ['SUSE:Linux Enterprise Server 15 SP3-LTSS', 'sles:15.3'],
    ['SUSE:Linux Enterprise Module for Basesystem 15 SP6', 'sles:15.6'],
    ['SUSE:Linux Enterprise Module for Python 3 15 SP4', 'sles:15.4'],
    ['SUSE:Linux Enterprise Live Patching 15 SP4', undefined],
    ['SUSE:Linux Enterprise Micro 5.3', 'sle-micro:5.3'],
    ['SUSE:Manager Server Module 4.3', undefined],
    ['openSUSE:Leap 15.6', 'opensuse-leap:15.6'],
    ['openSUSE:Tumbleweed', 'opensuse-tumbleweed'],
    ['Wolfi', 'wolfi'],
    ['Ubuntu:Pro:18.04:LTS', undefined],
    ['Ubuntu:24.04:LTS', 'ubuntu:24.04'],
    ['Debian', undefined],
    ['Android:', undefined],
  ])('%s is %s', (name, expected) => {
    expect(placeOf(name)?.ecosystem).toBe(expected);
  });

  it('has an address where it is live', () => {
    expect(osv.addresses).toContain('https://osv-vulnerabilities.storage.googleapis.com/Rocky%20Linux/all.zip');
    expect(osv.addresses).toHaveLength(ecosystems.filter(({ live }) => live).length);
  });
});

describe('announcements of distributions', () => {
  it.each([
    [
      'RLSA-2021:3891',
      fixed('Rocky Linux:8', 'java', '1:11-1.el8'),
      { related: ['CVE-2021-1', 'CVE-2021-2'] },
      ['CVE-2021-1', 'CVE-2021-2'],
    ],
    [
      'RHSA-2024:1',
      fixed('Red Hat:enterprise_linux:9::baseos', 'pam', '0:1-1.el9'),
      { upstream: ['CVE-2024-1'], related: ['GO-1'] },
      ['CVE-2024-1'],
    ],
    ['SUSE-SU-2024:1-1', fixed('SUSE:Linux Enterprise Server 15 SP5', 'curl', '8-1'), { upstream: ['CVE-2024-1'] }, ['CVE-2024-1']],
    ['openSUSE-SU-2024:1-1', fixed('openSUSE:Leap 15.6', 'curl', '8-1'), { related: ['CVE-2024-1'] }, ['CVE-2024-1']],
    ['CGA-224q-ccj5-2p53', fixed('Wolfi', 'haproxy', '3-r0'), { upstream: ['CVE-2025-1', 'GHSA-aaaa-bbbb-cccc'] }, ['CVE-2025-1']],
    ['ALBA-2019:0973', fixed('AlmaLinux:8', 'oci-umount', '2:2-1'), { related: [] }, []],
    ['SUSE-RU-2024:1-1', fixed('SUSE:Linux Enterprise Server 15 SP5', 'curl', '8-1'), {}, []],
  ])('%s is about the vulnerabilities it fixes', (id, affected, change, expected) => {
    const found = parse(id, affected, change);
    expect(typeof found === 'string' ? found : found.map((advisory) => advisory.id)).toEqual(expected);
  });

  it('of SUSE are about the packages that are installed, not their source', () => {
    const binaries = [{ libcurl4: '8-1', curl: '8-1' }, null, 3];
    const found = parse(
      'SUSE-SU-2024:1-1',
      fixed('SUSE:Linux Enterprise Server 15 SP5', 'curl-mini', '8-1', { ecosystem_specific: { binaries } }),
      { upstream: ['CVE-2024-1'] },
    );
    expect(typeof found === 'string' ? found : found[0]?.affected.map(({ name, ranges }) => [name, ranges])).toEqual([
      ['libcurl4', [{ introduced: '0', fixed: '8-1' }]],
      ['curl', [{ introduced: '0', fixed: '8-1' }]],
    ]);
  });

  it('of a fix that was there from the beginning is a statement', () => {
    const found = parse('CGA-xcpc-gm23-prj9', fixed('Wolfi', 'syncthing', '0'), { upstream: ['CVE-2025-1'] });
    expect(found).toMatchObject([{ affected: [{ status: 'not-affected', ranges: [] }] }]);
  });

  it.each([
    ['the stream in its title', 'Moderate: ruby:3.3 security, bug fix, and enhancement update', '0:3.3.1-2.module+el9.4.0', 'ruby:3.3'],
    ['Red Hat’s title', 'Red Hat Security Advisory: python39:3.9 security update', '0:3.3.1-2.module+el9.4.0', 'python39:3.9'],
    ['two streams in its title', 'Moderate: python39:3.9 and python39-devel:3.9 security update', '0:3.3.1-2.module+el9.4.0', undefined],
    ['no stream in its title', 'Moderate: ruby security update', '0:3.3.1-2.module+el9.4.0', undefined],
    ['a fix of no module', 'Moderate: ruby:3.3 security update', '0:3.3.1-2.el9', undefined],
  ])('of a module are of %s', (_name, summary, version, module) => {
    const found = parse('RLSA-2024:3671', fixed('Rocky Linux:9', 'ruby', version), { summary, related: ['CVE-2024-1'] });
    expect(typeof found === 'string' ? found : found[0]?.affected[0]?.module).toBe(module);
  });
});
