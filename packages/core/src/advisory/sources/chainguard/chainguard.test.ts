import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { parseSecdb } from '../../shared/secdb.ts';
import { chainguard, chainguardDialect } from './index.ts';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const document = (secfixes: unknown, reponame = 'chainguard') => ({
  apkurl: '{{urlprefix}}/{{reponame}}/{{arch}}/{{pkg.name}}-{{pkg.ver}}.apk',
  archs: ['x86_64'],
  reponame,
  packages: [{ pkg: { name: 'brotli', secfixes } }],
});

testAdvisorySource(chainguard, {
  name: 'security.json',
  zip: true,
  records: 3,
  text: JSON.stringify(document({ '1.0.9-r0': ['CVE-2020-8927'], '0': ['CVE-2020-1', 'GHSA-aaaa-bbbb-cccc'] })),
});

describe('chainguard', () => {
  it('leaves the documents of other repositories alone', () => {
    expect(chainguard.recognises('security.json', encode(document({}, 'main')))).toBe(false);
    expect(chainguard.recognises('security.json', encode({ ...document({}), distroversion: 'v3.20' }))).toBe(false);
  });

  it('reads fixes, and statements that nothing was ever affected', () => {
    const found = parseSecdb(
      encode(document({ '1.0.9-r0': ['CVE-2020-8927 CGA-xxxx-yyyy-zzzz'], '0': ['CVE-2020-1'] })),
      chainguardDialect,
    );
    expect(typeof found === 'string' ? found : found.map(({ id, affected: [first] }) => [id, first])).toEqual([
      ['CVE-2020-1', { ecosystem: 'chainguard', name: 'brotli', scheme: 'apk', ranges: [], status: 'not-affected' }],
      ['CVE-2020-8927', { ecosystem: 'chainguard', name: 'brotli', scheme: 'apk', ranges: [{ fixed: '1.0.9-r0' }], status: 'affected' }],
      [
        'CGA-xxxx-yyyy-zzzz',
        { ecosystem: 'chainguard', name: 'brotli', scheme: 'apk', ranges: [{ fixed: '1.0.9-r0' }], status: 'affected' },
      ],
    ]);
  });
});
