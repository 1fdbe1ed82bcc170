import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { apk } from './index.ts';

const catalog = (text: string) => [...apk.catalog({ path: 'lib/apk/db/installed', bytes: new TextEncoder().encode(text) })];

const MUSL = 'P:musl\nV:1.2.3-r4\nA:x86_64\no:musl\nL:MIT\nF:lib\nR:ld-musl-x86_64.so.1\nZ:Q1\n\n';

testCataloger(apk, {
  files: [
    { path: 'lib/apk/db/installed', bytes: `${MUSL}C:Q1=\nP:ssl_client\nV:1.36.1-r20\no:busybox\n\n` },
    { path: 'usr/lib/apk/db/installed', bytes: MUSL },
  ],
  others: ['lib/apk/db/scripts.tar', 'etc/apk/world', 'backup/lib/apk/db/installed'],
  purlOf,
});

describe('apk', () => {
  it.each([
    ['the old place', 'lib/apk/db/installed', true],
    ['the new place', 'usr/lib/apk/db/installed', true],
    ['what people wished for', 'etc/apk/world', false],
    ['a database that is not at its place', 'backup/lib/apk/db/installed', false],
  ])('claims %s: %s', (_name, path, expected) => {
    expect(apk.claims(path, { path, kind: 'file', size: 1 })).toBe(expected);
  });

  it('reads packages with origin, licence and owned paths', () => {
    const found = catalog(
      'P:libcrypto3\nV:3.0.8-r0\nA:x86_64\no:openssl\nL:Apache-2.0\nF:lib\nR:libcrypto.so.3\nF:\nR:init\n\nP:musl\nV:1.2.3-r4\nA:x86_64\n\n',
    );
    expect(found).toEqual([
      {
        kind: 'package',
        draft: {
          type: 'apk',
          name: 'libcrypto3',
          version: '3.0.8-r0',
          architecture: 'x86_64',
          licenses: ['Apache-2.0'],
          origin: { name: 'openssl', version: '3.0.8-r0' },
        },
      },
      { kind: 'owns', package: 'libcrypto3', paths: ['lib/libcrypto.so.3', 'init'] },
      {
        kind: 'package',
        draft: {
          type: 'apk',
          name: 'musl',
          version: '1.2.3-r4',
          architecture: 'x86_64',
          licenses: [],
          origin: { name: 'musl', version: '1.2.3-r4' },
        },
      },
    ]);
  });

  it.each([
    ['empty', ''],
    ['a paragraph without a version', 'P:musl\n\n'],
    ['no database', '\u0000\u0001 what : is this'],
  ])('finds nothing in %s', (_name, text) => {
    expect(catalog(text)).toEqual([]);
  });

  it('reads the last package of a database that is cut off', () => {
    expect(catalog('P:musl\nV:1.2.3-r4')).toHaveLength(1);
  });
});
