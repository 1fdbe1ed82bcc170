import type { Distro } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import type { AffectedPackage, FoundAdvisory } from '../../../advisory/types.ts';
import type { Subject } from '../../types.ts';
import { distro } from './index.ts';

const subject: Subject = {
  id: 'p',
  type: 'deb',
  name: 'libssl3',
  version: '3.0.11-1',
  purl: 'pkg:deb/debian/libssl3@3.0.11-1',
  introducedIn: 0,
  origin: { name: 'openssl', version: '3.0.11-1' },
};
const release = (id: string, version?: string): Distro => ({ id, name: id, like: [], ...(version && { version }) });
const found = (affected: Partial<AffectedPackage>): FoundAdvisory => ({
  source: 'debian-tracker',
  id: 'CVE-1',
  advisory: { id: 'CVE-1', aliases: [], opinions: [], cwes: [], references: [] },
  affected: { ecosystem: 'debian:12', name: 'openssl', scheme: 'deb', ranges: [], status: 'affected', ...affected },
});

describe('distro', () => {
  it.each([
    ['Debian by its major release', release('debian', '12'), 'debian:12'],
    ['Debian without a release', release('debian'), 'debian:sid'],
    ['Alpine by two numbers', release('alpine', '3.18.9'), 'alpine:3.18'],
    ['an Alpine snapshot', release('alpine', '3.21_alpha20240807'), 'alpine:edge'],
  ])('looks for %s', (_name, where, ecosystem) => {
    expect(distro.keys(subject, where)).toEqual([{ ecosystem, name: 'openssl' }]);
  });

  it.each([
    ['another distribution', release('gentoo', '1')],
    ['none', undefined],
  ])('does not look for %s', (_name, where) => {
    expect(distro.keys(subject, where)).toEqual([]);
  });

  it.each([
    ['before the fix', { ranges: [{ fixed: '3.0.14-1' }] }, { affected: true, fixedIn: '3.0.14-1', range: '<3.0.14-1' }],
    ['at the fix', { ranges: [{ fixed: '3.0.11-1' }] }, { affected: false, statement: false }],
    ['no fix yet', { ranges: [{}] }, { affected: true, range: 'any version' }],
    ['said not to be affected', { status: 'not-affected' as const }, { affected: false, statement: true }],
  ])('decides %s', (_name, affected, expected) => {
    expect(distro.decide(subject, found(affected))).toMatchObject(expected);
  });
});

describe('RPM packages', () => {
  const alma = { id: 'almalinux', version: '8.9', name: 'AlmaLinux 8.9', like: ['rhel'] };
  const subject = (version: string) => ({
    id: 'x',
    type: 'rpm' as const,
    name: 'nodejs-libs',
    version,
    purl: `pkg:rpm/almalinux/nodejs-libs@${version}`,
    introducedIn: 0,
    origin: { name: 'nodejs', version },
  });
  const decide = (version: string, fixed: string) => {
    const affected = {
      ecosystem: 'almalinux:8',
      name: 'nodejs-libs',
      scheme: 'rpm' as const,
      ranges: [{ introduced: '0', fixed }],
      status: 'affected' as const,
    };
    return distro.decide(subject(version), { source: 'osv', id: 'ALSA-1', advisory: {} as never, affected }).affected;
  };

  it('are looked up by their own names, in the release', () => {
    expect(distro.keys(subject('1-1'), alma)).toEqual([{ ecosystem: 'almalinux:8', name: 'nodejs-libs' }]);
    expect(distro.keys(subject('1-1'), { ...alma, id: 'fedora' })).toEqual([]);
  });

  it.each([
    ['older', '18.1.0-1.el8', '18.2.0-1.el8', true],
    ['fixed', '18.2.0-1.el8', '18.2.0-1.el8', false],
    ['older by epoch', '18.9.0-1.el8', '1:18.2.0-1.el8', true],
    ['of the same stream', '18.1.0-1.module_el8.6', '18.2.0-1.module_el8.9', true],
    ['of another stream', '16.1.0-1.module_el8.6', '18.2.0-1.module_el8.9', false],
    ['of no stream', '16.1.0-1.el8', '18.2.0-1.module_el8.9', false],
  ])('%s', (_, version, fixed, affected) => {
    expect(decide(version, fixed)).toBe(affected);
  });
});

describe('RPM packages by source and by module', () => {
  const openssl: Subject = {
    id: 'x',
    type: 'rpm',
    name: 'openssl-libs',
    version: '1:3.0.7-24.el9',
    purl: 'pkg:rpm/redhat/openssl-libs@3.0.7-24.el9?epoch=1&upstream=openssl',
    introducedIn: 0,
    origin: { name: 'openssl', version: '3.0.7-24.el9' },
  };
  const record = (affected: Partial<AffectedPackage>) =>
    found({ ecosystem: 'rhel:9', name: 'openssl-libs', scheme: 'rpm', ranges: [{}], ...affected });

  it.each([
    ['Red Hat', 'rhel', '9.4', ['rhel:9 openssl-libs', 'rhel:9 openssl.src']],
    ['CentOS', 'centos', '7', ['rhel:7 openssl-libs', 'rhel:7 openssl.src']],
    ['Rocky Linux', 'rocky', '9.3', ['rocky:9 openssl-libs', 'rocky:9 openssl']],
    ['Photon OS', 'photon', '4.0', ['photon:4.0 openssl-libs', 'photon:4.0 openssl']],
    ['Azure Linux', 'azurelinux', '3.0', ['azurelinux:3.0 openssl']],
    ['CBL-Mariner', 'mariner', '2.0', ['mariner:2.0 openssl']],
    ['Amazon Linux', 'amzn', '2023', ['amazon:2023 openssl-libs']],
    ['Oracle Linux', 'ol', '8.10', ['oracle:8 openssl-libs']],
    ['SUSE', 'sles', '15.5', ['sles:15.5 openssl-libs']],
    ['openSUSE', 'opensuse-leap', '15.6', ['opensuse-leap:15.6 openssl-libs']],
    ['Fedora', 'fedora', '41', []],
  ])('of %s are looked up under the names its advisories use', (_name, id, version, keys) => {
    expect(distro.keys(openssl, release(id, version)).map(({ ecosystem, name }) => `${ecosystem} ${name}`)).toEqual(keys);
  });

  it.each<[string, Partial<AffectedPackage>, string]>([
    ['the source package, with the epoch of what was built', { name: 'openssl.src' }, '1:3.0.7-24.el9'],
    ['the package itself', {}, '1:3.0.7-24.el9'],
    ['Photon, without epochs', { ecosystem: 'photon:4.0', name: 'openssl' }, '3.0.7-24.el9'],
  ])('are compared as %s', (_name, affected, version) => {
    expect(distro.decide(openssl, record(affected))).toMatchObject({ affected: true, version });
  });

  const nodejs = (version: string, label?: string): Subject => ({
    id: 'x',
    type: 'rpm',
    name: 'nodejs',
    version,
    purl: `pkg:rpm/redhat/nodejs@${version}${label ? `?arch=x86_64&rpmmod=${label}` : ''}`,
    introducedIn: 0,
  });
  it.each<[string, Subject, Partial<AffectedPackage>, boolean]>([
    ['the label’s stream', nodejs('1:18.1-1.module+el8', 'nodejs%3A18%3A806%3Aad00'), { module: 'nodejs:18' }, true],
    ['another stream than the label’s', nodejs('1:18.1-1.module+el8', 'nodejs:20'), { module: 'nodejs:18' }, false],
    ['the stream that the version fits', nodejs('1:18.1-1.module+el8'), { module: 'nodejs:18' }, true],
    ['a stream that the version only begins like', nodejs('1:18.1-1.module+el8'), { module: 'nodejs:1' }, false],
    ['a stream without a number', nodejs('1:18.1-1.module+el8'), { module: 'nodejs:rhel8' }, false],
    ['a stream, and the package is of none', nodejs('1:18.1-1.el8'), { module: 'nodejs:18' }, false],
    ['no stream, and the package is of one', nodejs('1:18.1-1.module+el8'), {}, false],
    ['a fix of the stream', nodejs('1:18.1-1.module+el8'), { module: 'nodejs:18', ranges: [{ fixed: '1:18.2-1.module+el8' }] }, true],
    ['a fix of another stream', nodejs('1:18.1-1.module+el8'), { module: 'nodejs:20', ranges: [{ fixed: '1:20.2-1.module+el8' }] }, false],
  ])('are matched by %s', (_name, subject, affected, expected) => {
    expect(distro.decide(subject, record({ name: 'nodejs', ...affected })).affected).toBe(expected);
  });
});

describe('the ecosystem', () => {
  it.each([
    ['ubuntu', '22.04', 'ubuntu:22.04'],
    ['ubuntu', '24.04.1', 'ubuntu:24.04'],
    ['debian', '12', 'debian:12'],
    ['almalinux', '9.3', 'almalinux:9'],
    ['wolfi', '20230201', 'wolfi'],
    ['chainguard', '20230214', 'chainguard'],
  ])('of %s %s is %s', (id, version, ecosystem) => {
    const subject = { id: 'x', type: 'deb' as const, name: 'a', version: '1', purl: 'pkg:deb/x/a@1', introducedIn: 0 };
    expect(distro.keys(subject, { id, version, name: id, like: [] })).toEqual([{ ecosystem, name: 'a' }]);
  });

  it('of a release nobody names is none', () => {
    const subject = { id: 'x', type: 'deb' as const, name: 'a', version: '1', purl: 'pkg:deb/x/a@1', introducedIn: 0 };
    expect(distro.keys(subject, { id: 'ubuntu', name: 'Ubuntu', like: ['debian'] })).toEqual([]);
  });
});
