import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { parseSecdb } from '../../shared/secdb.ts';
import { alpineDialect, alpineSecdb } from './index.ts';

const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const secdb = (secfixes: unknown) =>
  encode({ distroversion: 'v3.17', reponame: 'main', packages: [{ pkg: { name: 'openssl', secfixes } }] });

testAdvisorySource(alpineSecdb, {
  name: 'main.json',
  zip: true,
  records: 2,
  text: JSON.stringify({
    distroversion: 'v3.18',
    reponame: 'main',
    packages: [{ pkg: { name: 'expat', secfixes: { '2.4.9-r0': ['CVE-2022-40674'], '0': ['CVE-2022-0001'] } } }],
  }),
});

describe('alpine-secdb', () => {
  it('knows its layout', () => {
    expect(alpineSecdb.recognises('main.json', secdb({}))).toBe(true);
    expect(alpineSecdb.recognises('main.json', encode({ packages: [] }))).toBe(false);
    expect(alpineSecdb.recognises('main.json', encode({ distroversion: 'v1', urlprefix: 'https://other.example', packages: [] }))).toBe(
      false,
    );
  });

  it('reads what each version fixed', () => {
    expect(parseSecdb(secdb({ '3.0.7-r0': ['CVE-2022-3786'] }), alpineDialect)).toEqual([
      {
        id: 'CVE-2022-3786',
        aliases: [],
        opinions: [],
        cwes: [],
        references: ['https://security.alpinelinux.org/vuln/CVE-2022-3786'],
        withdrawn: false,
        affected: [{ ecosystem: 'alpine:3.17', name: 'openssl', scheme: 'apk', ranges: [{ fixed: '3.0.7-r0' }], status: 'affected' }],
      },
    ]);
  });

  it('takes version 0 as a statement that it was never there', () => {
    const [found] = parseSecdb(secdb({ '0': ['CVE-2022-0778'] }), alpineDialect);
    expect(found).toMatchObject({ affected: [{ status: 'not-affected', ranges: [] }] });
  });

  it.each([
    ['two in one cell', ['CVE-2021-1 XSA-2'], ['CVE-2021-1', 'XSA-2']],
    ['a note in brackets', ['CVE-2021-1 (+ regression)'], ['CVE-2021-1']],
    ['words', ['see above'], []],
    ['an empty cell', [null], []],
  ])('reads ids of %s', (_name, cells, ids) => {
    const found = parseSecdb(secdb({ '1-r0': cells }), alpineDialect);
    expect(typeof found === 'string' ? found : found.map(({ id }) => id)).toEqual(ids);
  });

  it.each(['', '[]', '{"distroversion": 3}'])('says what is wrong with %j', (text) => {
    expect(parseSecdb(encode(text), alpineDialect)).toBeTypeOf('string');
  });
});
