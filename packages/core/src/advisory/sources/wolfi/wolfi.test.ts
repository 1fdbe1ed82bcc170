import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { parseSecdb } from '../../shared/secdb.ts';
import { wolfi, wolfiDialect } from './index.ts';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const document = (secfixes: unknown, urlprefix = 'https://packages.wolfi.dev') => ({
  apkurl: '{{urlprefix}}/{{reponame}}/{{arch}}/{{pkg.name}}-{{pkg.ver}}.apk',
  archs: ['x86_64'],
  reponame: 'os',
  urlprefix,
  packages: [{ pkg: { name: 'brotli', secfixes } }],
});

testAdvisorySource(wolfi, {
  name: 'security.json',
  zip: true,
  records: 3,
  text: JSON.stringify(document({ '1.0.9-r0': ['CVE-2020-8927'], '0': ['CVE-2020-1', 'GHSA-aaaa-bbbb-cccc'] })),
});

describe('wolfi', () => {
  it('leaves the documents of other repositories alone', () => {
    expect(wolfi.recognises('security.json', encode(document({}, 'https://packages.mini.dev')))).toBe(false);
    expect(wolfi.recognises('security.json', encode({ ...document({}), distroversion: 'v3.20' }))).toBe(false);
  });

  it('reads fixes, and statements that nothing was ever affected', () => {
    const found = parseSecdb(encode(document({ '1.0.9-r0': ['CVE-2020-8927 CGA-xxxx-yyyy-zzzz'], '0': ['CVE-2020-1'] })), wolfiDialect);
    expect(typeof found === 'string' ? found : found.map(({ id, affected: [first] }) => [id, first])).toEqual([
      ['CVE-2020-1', { ecosystem: 'wolfi', name: 'brotli', scheme: 'apk', ranges: [], status: 'not-affected' }],
      ['CVE-2020-8927', { ecosystem: 'wolfi', name: 'brotli', scheme: 'apk', ranges: [{ fixed: '1.0.9-r0' }], status: 'affected' }],
      ['CGA-xxxx-yyyy-zzzz', { ecosystem: 'wolfi', name: 'brotli', scheme: 'apk', ranges: [{ fixed: '1.0.9-r0' }], status: 'affected' }],
    ]);
  });
});
