import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { osRelease } from './index.ts';

const catalog = (text: string) => [...osRelease.catalog({ path: 'etc/os-release', bytes: new TextEncoder().encode(text) })];

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n';

testCataloger(osRelease, {
  files: [
    { path: 'etc/os-release', bytes: DEBIAN },
    { path: 'usr/lib/os-release', bytes: DEBIAN },
  ],
  others: ['etc/lsb-release', 'etc/debian_version', 'opt/etc/os-release'],
  purlOf,
});

describe('os-release', () => {
  it.each([
    ['etc/os-release', true],
    ['usr/lib/os-release', true],
    ['etc/lsb-release', false],
    ['opt/etc/os-release', false],
  ])('claims %s: %s', (path, expected) => {
    expect(osRelease.claims(path, { path, kind: 'file', size: 1 })).toBe(expected);
  });

  it.each([
    [
      'a Debian release',
      'PRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\nNAME="Debian GNU/Linux"\nVERSION_ID="11"\nVERSION_CODENAME=bullseye\nID=debian\n',
      { id: 'debian', name: 'Debian GNU/Linux 11 (bullseye)', version: '11', codename: 'bullseye', like: [] },
    ],
    [
      'Debian unstable',
      'PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n',
      { id: 'debian', name: 'Debian GNU/Linux forky/sid', codename: 'forky', like: [] },
    ],
    ['a derived one', "ID='linuxmint'\nID_LIKE='ubuntu debian'\n", { id: 'linuxmint', name: 'linuxmint', like: ['ubuntu', 'debian'] }],
  ])('reads %s', (_name, text, distro) => {
    expect(catalog(text)).toEqual([{ kind: 'distro', distro }]);
  });

  it.each([[''], ['# ID=debian'], ['NAME=x'], ['=']])('finds nothing in %j', (text) => {
    expect(catalog(text)).toEqual([]);
  });
});
