import { describe, expect, it } from 'vitest';
import { dpkg } from './index.ts';

const catalog = (path: string, text: string) => [...dpkg.catalog({ path, bytes: new TextEncoder().encode(text) })];
const names = (path: string, text: string) => catalog(path, text).flatMap((found) => (found.kind === 'package' ? [found.draft.name] : []));
const STATUS = 'var/lib/dpkg/status';

describe('dpkg', () => {
  it.each([
    [STATUS, true],
    ['var/lib/dpkg/status-old', false],
    ['var/lib/dpkg/status.d/base', true],
    ['var/lib/dpkg/status.d/base.md5sums', false],
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
    ['', 0],
    ['\u0000\u0000', 0],
    ['Package: a\nStatus: install ok installed\nVersion: 1', 1],
  ])('survives %j', (text, count) => {
    expect(catalog(STATUS, text)).toHaveLength(count);
  });
});
