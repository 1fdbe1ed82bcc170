import { zstdCompressSync } from 'node:zlib';
import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { dpkg } from './index.ts';

const catalog = (path: string, text: string | Uint8Array) => [...dpkg.catalog({ path, bytes: Buffer.from(text as string) })];
const names = (path: string, text: string) => catalog(path, text).flatMap((found) => (found.kind === 'package' ? [found.draft.name] : []));
const STATUS = 'var/lib/dpkg/status';

const DEP5 = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: tzdata

Files: *
Copyright: 1986, A License: holder
License: public-domain

Files: debian/*
License: GPL-2+ or Artistic
 The text of it.
 License: no field

License: public-domain
 See /usr/share/common-licenses/GPL-3
`;
const MANIFEST = 'var/lib/chisel/manifest.wall';
const wall = [
  { jsonwall: '1.0', schema: '1.0', count: 5 },
  { kind: 'content', slice: 'libssl3t64_libs', path: '/usr/lib/ossl-modules/legacy.so' },
  { kind: 'package', name: 'libssl3t64', version: '3.0.13-0ubuntu3.5', sha256: 'f00d', arch: 'amd64' },
  { kind: 'path', path: '/usr/lib/', mode: '0755', slices: ['libssl3t64_libs'] },
  { kind: 'path', path: '/usr/lib/libssl.so.3', mode: '0644', slices: ['libssl3t64_libs', 'openssl_bins'], sha256: 'f00d', size: 1 },
  { kind: 'slice', name: 'libssl3t64_libs' },
]
  .map((row) => JSON.stringify(row))
  .join('\n');

testCataloger(dpkg, {
  files: [
    {
      path: STATUS,
      bytes:
        'Package: libssl3\nStatus: install ok installed\nArchitecture: amd64\nMulti-Arch: same\nSource: openssl (3.0.10-2)\nVersion: 3.0.11-1\nDescription: a\n b\n\n',
    },
    { path: 'var/lib/dpkg/status.d/tzdata', bytes: 'Package: tzdata\nVersion: 2024a-0+deb12u1\n' },
    { path: 'var/lib/dpkg/status.d/tzdata.md5sums', bytes: 'd41d8cd98f00b204e9800998ecf8427e  usr/share/zoneinfo/UTC\n' },
    { path: 'var/lib/dpkg/info/libc6:amd64.list', bytes: '/.\n/lib\n/lib/libc.so.6\n' },
    { path: 'usr/share/doc/tzdata/copyright', bytes: DEP5 },
    { path: 'usr/share/doc/tzdata/copyright', bytes: 'On Debian systems: /usr/share/common-licenses/GPL-2.\n' },
    { path: MANIFEST, bytes: zstdCompressSync(wall) },
    { path: MANIFEST, bytes: wall },
  ],
  others: [
    'var/lib/dpkg/status-old',
    'var/lib/dpkg/info/libc6:amd64.md5sums',
    'var/lib/dpkg/available',
    'var/lib/chisel/other.wall',
    'usr/share/doc/copyright',
    'usr/share/doc/a/b/copyright',
    'opt/usr/share/doc/a/copyright',
  ],
  purlOf,
});

describe('dpkg', () => {
  it.each([
    [STATUS, true],
    ['var/lib/dpkg/status-old', false],
    ['var/lib/dpkg/status.d/base', true],
    ['var/lib/dpkg/status.d/base.md5sums', true],
    ['var/lib/chisel/manifest.wall', true],
    ['var/lib/dpkg/info/libc6:amd64.list', true],
    ['var/lib/dpkg/info/libc6:amd64.md5sums', false],
    ['usr/share/doc/dpkg/status', false],
  ])('claims %s: %s', (path, expected) => {
    expect(dpkg.claims(path, { path, kind: 'file', size: 1 })).toBe(expected);
  });

  it.each([
    ['install ok installed', true],
    ['hold ok installed', true],
    ['install ok half-configured', true],
    ['install ok unpacked', true],
    ['deinstall ok config-files', false],
    ['unknown ok not-installed', false],
  ])('counts a package of status "%s": %s', (status, expected) => {
    const text = `Package: a\nStatus: ${status}\nVersion: 1\n`;
    expect(names(STATUS, text)).toEqual(expected ? ['a'] : []);
  });

  it.each([
    ['its own name and version', '', { name: 'libssl3', version: '3.0.11-1' }],
    ['a source of another name', 'Source: openssl\n', { name: 'openssl', version: '3.0.11-1' }],
    ['a source of another version', 'Source: openssl (3.0.10-2)\n', { name: 'openssl', version: '3.0.10-2' }],
  ])('takes the origin from %s', (_name, source, origin) => {
    const [found] = catalog(STATUS, `Package: libssl3\nStatus: install ok installed\n${source}Version: 3.0.11-1\nArchitecture: amd64\n`);
    expect(found).toMatchObject({ kind: 'package', draft: { origin, architecture: 'amd64' } });
  });

  it('passes over continuation lines that look like fields', () => {
    const text =
      'Package: a\nStatus: install ok installed\nVersion: 1\nConffiles:\n /etc/x: y\n Version: 9\n\nPackage: b\nStatus: install ok installed\nVersion: 2\n';
    expect(names(STATUS, text)).toEqual(['a', 'b']);
  });

  it('needs no status in status.d', () => {
    expect(names('var/lib/dpkg/status.d/tzdata', 'Package: tzdata\nVersion: 2024a\n')).toEqual(['tzdata']);
    expect(names(STATUS, 'Package: tzdata\nVersion: 2024a\n')).toEqual([]);
  });

  it('reads the paths a package owns', () => {
    expect(catalog('var/lib/dpkg/info/libc6:amd64.list', '/.\n/lib\n/lib/libc.so.6\n')).toEqual([
      { kind: 'owns', package: 'libc6:amd64', paths: ['.', 'lib', 'lib/libc.so.6'] },
    ]);
  });

  it.each([
    ['libc6', 'libc6'],
    ['bGliYzY=', 'libc6'],
    ['odd_Name', 'odd_Name'],
  ])('reads the paths of status.d/%s', (file, owner) => {
    expect(catalog(`var/lib/dpkg/status.d/${file}.md5sums`, 'd41d  usr/lib/libc.so.6\nd41d  ./etc/a b\n\nbroken\n')).toEqual([
      { kind: 'owns', package: owner, paths: ['usr/lib/libc.so.6', 'etc/a b'] },
    ]);
  });

  it.each([
    ['a machine-readable file', DEP5, ['public-domain', 'GPL-2+ or Artistic']],
    ['one with comments first', `# Debian\n\n${DEP5}`, ['public-domain', 'GPL-2+ or Artistic']],
    [
      'a text',
      "See `/usr/share/common-licenses/GPL-2', /usr/share/common-licenses/LGPL-2.1.\n/usr/share/common-licenses/GPL-2",
      ['GPL-2', 'LGPL-2.1'],
    ],
  ])('reads the licences of %s', (_name, text, licenses) => {
    expect(catalog('usr/share/doc/tzdata/copyright', text)).toEqual([{ kind: 'licenses', package: 'tzdata', licenses }]);
  });

  it.each([['Do what you want.'], ['Format: x\n\nLicense:\n  \n'], ['']])('finds no licence in %j', (text) => {
    expect(catalog('usr/share/doc/a/copyright', text)).toEqual([]);
  });

  it('leaves copyright files that are empty or very large', () => {
    const claims = (size: number) => dpkg.claims('usr/share/doc/a/copyright', { path: 'usr/share/doc/a/copyright', kind: 'file', size });
    expect([claims(0), claims(1), claims(2 ** 20 + 1)]).toEqual([false, true, false]);
  });

  it('reads what chisel cut out of packages', () => {
    expect(catalog(MANIFEST, zstdCompressSync(wall))).toEqual([
      { kind: 'package', draft: { type: 'deb', name: 'libssl3t64', version: '3.0.13-0ubuntu3.5', architecture: 'amd64', licenses: [] } },
      { kind: 'owns', package: 'libssl3t64', paths: ['usr/lib/libssl.so.3'] },
    ]);
  });

  it.each([
    ['another file', 'P:musl\n'],
    ['one that inflates to more than it may', zstdCompressSync(Buffer.alloc(129 * 1024 * 1024))],
    ['one that is cut off', zstdCompressSync(wall).subarray(0, 60)],
  ])('refuses as a manifest %s', (_name, bytes) => {
    expect(() => catalog(MANIFEST, bytes)).toThrow();
  });

  it.each([
    ['', 0],
    ['\u0000\u0000', 0],
    ['Package: a\nStatus: install ok installed\nVersion: 1', 1],
  ])('survives %j', (text, count) => {
    expect(catalog(STATUS, text)).toHaveLength(count);
  });
});
