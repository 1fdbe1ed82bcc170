import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { osv } from './index.ts';
import { parseOsv } from './parse.ts';

const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const npm = (change: object = {}) => ({ package: { ecosystem: 'npm', name: 'minimist' }, ...change });
const range = (...events: object[]) => ({ ranges: [{ type: 'SEMVER', events }] });
const record = (affected: readonly object[], change: object = {}) => ({
  id: 'GHSA-aaaa-bbbb-cccc',
  modified: '2026-01-01T00:00:00Z',
  affected,
  ...change,
});
const parse = (value: unknown) => {
  const found = parseOsv(encode(value));
  if (typeof found === 'string') throw new Error(found);
  return found;
};

testAdvisorySource(osv, {
  name: 'GHSA-aaaa-bbbb-cccc.json',
  zip: true,
  records: 1,
  text: JSON.stringify({
    id: 'GHSA-aaaa-bbbb-cccc',
    aliases: ['CVE-2024-0001'],
    references: [{ type: 'WEB', url: 'https://example.org/1' }],
    affected: [
      { package: { ecosystem: 'npm', name: 'left' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.3' }] }] },
    ],
  }),
});

describe('osv', () => {
  it('knows its layout', () => {
    expect(osv.recognises('x.json', encode(record([npm()])))).toBe(true);
    expect(osv.recognises('x.json', encode({ vulnerabilities: [] }))).toBe(false);
    expect(osv.recognises('x.json', encode({ '@context': 'https://openvex.dev/ns', ...record([npm()]) }))).toBe(false);
    expect(osv.recognises('x.json', encode({ ...record([npm()]), cna: {} }))).toBe(false);
  });

  it.each([
    ['from the beginning to a fix', [{ introduced: '0' }, { fixed: '1.2.6' }], [{ introduced: '0', fixed: '1.2.6' }]],
    [
      'two runs, in any order',
      [{ fixed: '2.1.0' }, { introduced: '2.0.0' }, { fixed: '1.1.0' }, { introduced: '1.0.0' }],
      [
        { introduced: '1.0.0', fixed: '1.1.0' },
        { introduced: '2.0.0', fixed: '2.1.0' },
      ],
    ],
    ['to a last one', [{ introduced: '1.0.0' }, { last_affected: '1.5.0' }], [{ introduced: '1.0.0', lastAffected: '1.5.0' }]],
    ['open', [{ introduced: '0' }], [{ introduced: '0' }]],
    [
      'of one version',
      [{ introduced: '1.8.0' }, { last_affected: '1.8.0' }, { introduced: '2.0.0' }, { last_affected: '2.1.0' }],
      [
        { introduced: '1.8.0', lastAffected: '1.8.0' },
        { introduced: '2.0.0', lastAffected: '2.1.0' },
      ],
    ],
    [
      'that ends where it begins, and is none',
      [{ introduced: '1.8.0' }, { fixed: '1.8.0' }, { introduced: '2.0.0' }, { fixed: '2.1.0' }],
      [{ introduced: '2.0.0', fixed: '2.1.0' }],
    ],
    [
      'that goes on where another ends, in any order',
      [{ introduced: '2.0.0' }, { fixed: '3.0.0' }, { introduced: '0' }, { fixed: '2.0.0' }],
      [
        { introduced: '0', fixed: '2.0.0' },
        { introduced: '2.0.0', fixed: '3.0.0' },
      ],
    ],
  ])('reads a range %s', (_name, events, ranges) => {
    expect(parse(record([npm(range(...events))]))[0]?.affected).toEqual([
      { ecosystem: 'npm', name: 'minimist', scheme: 'semver', status: 'affected', ranges },
    ]);
  });

  it.each([
    ['<= 8.5.1', { introduced: '0', lastAffected: '8.5.1' }],
    ['< 8.6.0', { introduced: '0', before: '8.6.0' }],
    ['who knows', { introduced: '0' }],
  ])('bounds an open range by what GitHub says beside it: %s', (text, expected) => {
    const [found] = parse(record([npm({ ...range({ introduced: '0' }), database_specific: { last_known_affected_version_range: text } })]));
    expect(found?.affected[0]?.ranges).toEqual([expected]);
  });

  it.each([
    ['Go', 'golang.org/X/net', 'golang', 'golang.org/x/net', 'go'],
    ['Go', 'stdlib', 'golang', 'stdlib', 'go'],
    ['Maven', 'org.Example:Art', 'maven', 'org.Example:Art', 'maven'],
    ['Maven:https://repo.example/maven2', 'a:b', 'maven', 'a:b', 'maven'],
    ['crates.io', 'Tokio_util', 'cargo', 'tokio-util', 'semver'],
    ['RubyGems', 'RedCloth', 'gem', 'RedCloth', 'gem'],
    ['Packagist', 'Symfony/Yaml', 'composer', 'symfony/yaml', 'composer'],
    ['NuGet', 'Newtonsoft.Json', 'nuget', 'newtonsoft.json', 'nuget'],
    ['Bitnami', 'node', 'bitnami', 'node', 'generic'],
  ])('%s: %s is looked for as %s %s', (ecosystem, name, key, comparable, scheme) => {
    const [found] = parse(record([{ package: { ecosystem, name }, ...range({ introduced: '0' }, { fixed: '1.2.6' }) }]));
    expect(found?.affected).toMatchObject([{ ecosystem: key, name: comparable, scheme }]);
  });

  it.each(['unmaintained', 'unsound', 'notice'])('leaves out a notice of crates.io: %s', (informational) => {
    const crate = { package: { ecosystem: 'crates.io', name: 'a' }, ...range({ introduced: '0.0.0-0' }) };
    expect(parse(record([{ ...crate, database_specific: { informational } }]))).toEqual([]);
    expect(parse(record([{ ...crate, database_specific: { informational: null } }]))).toHaveLength(1);
  });

  it('leaves out ranges of Go that are not in versions of the module', () => {
    const entry = { package: { ecosystem: 'Go', name: 'example.org/a' }, ...range({ introduced: '0' }) };
    const custom = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '7.1' }] }];
    expect(parse(record([{ ...entry, ecosystem_specific: { custom_ranges: custom } }]))).toEqual([]);
  });

  it('keeps the versions that no range holds', () => {
    const [found] = parse(record([npm({ ...range({ introduced: '2.0.0' }, { fixed: '2.1.0' }), versions: ['1.0.0', '2.0.5'] })]));
    expect(found?.affected[0]?.versions).toEqual(['1.0.0']);
  });

  it.each([
    ['a withdrawn record', record([npm(range({ introduced: '0' }))], { withdrawn: '2025-01-01T00:00:00Z' })],
    ['a report of malware', record([npm(range({ introduced: '0' }))], { id: 'MAL-2025-1' })],
    ['another ecosystem', record([{ package: { ecosystem: 'Hex', name: 'x' }, ...range({ introduced: '0' }) }])],
    ['ranges of commits alone', record([npm({ ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] })])],
    ['ranges that are not versions', record([npm({ ...range({ introduced: '0' }), ecosystem_specific: { custom_ranges: [] } })])],
  ])('leaves out %s', (_name, value) => {
    expect(parse(value)).toEqual([]);
  });

  it.each([
    ['PyPI', 'Jinja2_X', 'pypi', 'jinja2-x', 'pep440'],
    ['Debian:12', 'openssl', 'debian:12', 'openssl', 'deb'],
    ['Alpine:v3.18', 'openssl', 'alpine:3.18', 'openssl', 'apk'],
  ])('reads packages of %s', (ecosystem, name, ours, normal, scheme) => {
    const [found] = parse(
      record([{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '9' }] }] }]),
    );
    expect(found?.affected).toMatchObject([{ ecosystem: ours, name: normal, scheme }]);
  });

  it('makes one advisory for each vulnerability that a Debian announcement fixes', () => {
    const affected = {
      package: { ecosystem: 'Debian:11', name: 'curl' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '7.74.0-1.3+deb11u5' }] }],
    };
    const found = parse({ id: 'DSA-5330-1', upstream: ['CVE-2022-1', 'CVE-2022-2'], affected: [affected] });
    expect(found.map(({ id, aliases }) => [id, aliases])).toEqual([
      ['CVE-2022-1', []],
      ['CVE-2022-2', []],
    ]);
  });

  it('takes the severity from vectors, newest first, and the word from who published', () => {
    const severity = [
      { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
      { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' },
    ];
    const [scored] = parse(record([npm(range({ introduced: '0' }))], { severity }));
    expect(scored?.opinions).toMatchObject([
      { source: 'github', severity: 'critical', score: 9.3 },
      { source: 'github', severity: 'critical', score: 9.8 },
    ]);
    const [worded] = parse(record([npm(range({ introduced: '0' }))], { database_specific: { severity: 'MODERATE' } }));
    expect(worded?.opinions).toEqual([{ source: 'github', severity: 'medium' }]);
  });

  it('keeps links that a page may show', () => {
    const references = [{ url: 'https://example.org/a' }, { url: 'javascript:alert(1)' }, { url: 'not an address' }];
    expect(parse(record([npm(range({ introduced: '0' }))], { references }))[0]?.references).toEqual(['https://example.org/a']);
  });

  it.each(['', '[]', '{"id": 3}', '{"id": "x", "affected": [{"package": 1}]}'])('says what is wrong with %j', (text) => {
    expect(parseOsv(encode(text))).toBeTypeOf('string');
  });
});

describe('an announcement of AlmaLinux', () => {
  it('is one advisory for each CVE, with the vendor’s word', () => {
    const record = {
      id: 'ALSA-2025:10073',
      summary: 'Important: firefox security update',
      modified: '2025-07-01T19:42:01Z',
      related: ['CVE-2025-6430', 'CVE-2025-6424', 'ALBA-2025:1'],
      affected: [
        {
          package: { ecosystem: 'AlmaLinux:10', name: 'firefox' },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '128.12.0-1.el10_0' }] }],
        },
      ],
    };
    const found = parseOsv(new TextEncoder().encode(JSON.stringify(record)));
    expect(found).toMatchObject(
      ['CVE-2025-6430', 'CVE-2025-6424'].map((id) => ({
        id,
        opinions: [{ source: 'almalinux', severity: 'high' }],
        affected: [
          { ecosystem: 'almalinux:10', name: 'firefox', scheme: 'rpm', ranges: [{ introduced: '0', fixed: '128.12.0-1.el10_0' }] },
        ],
      })),
    );
    expect(found).toHaveLength(2);
  });
});

describe('records of Ubuntu', () => {
  const affected = (ecosystem: string, fixed: string) => ({
    package: { ecosystem, name: 'wayland' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
  });
  const parse = (record: unknown) => parseOsv(new TextEncoder().encode(JSON.stringify(record)));

  it('go by the CVE, with Ubuntu’s word, without what only subscribers get', () => {
    const found = parse({
      id: 'UBUNTU-CVE-2021-3782',
      modified: '2026-04-22T07:39:49Z',
      upstream: ['CVE-2021-3782'],
      severity: [
        { type: 'CVSS_V3', score: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:H' },
        { type: 'Ubuntu', score: 'low' },
      ],
      affected: [affected('Ubuntu:Pro:16.04:LTS', '1.12.0-1~ubuntu16.04.3+esm1'), affected('Ubuntu:22.04:LTS', '1.20.0-1ubuntu0.1')],
    });
    expect(found).toMatchObject([
      {
        id: 'CVE-2021-3782',
        opinions: [{ source: 'ubuntu', severity: 'low', score: 6.6 }],
        affected: [
          { ecosystem: 'ubuntu:22.04', name: 'wayland', scheme: 'deb', ranges: [{ introduced: '0', fixed: '1.20.0-1ubuntu0.1' }] },
        ],
      },
    ]);
    expect(Array.isArray(found) && found[0]?.affected).toHaveLength(1);
  });

  it('that announce go by the CVE too', () => {
    const record = {
      id: 'USN-5614-1',
      modified: '2026-04-22T07:39:49Z',
      upstream: ['UBUNTU-CVE-2021-3782'],
      affected: [affected('Ubuntu:20.04:LTS', '1.18.0-1ubuntu0.1')],
    };
    expect(parse(record)).toMatchObject([{ id: 'CVE-2021-3782', affected: [{ ecosystem: 'ubuntu:20.04' }] }]);
  });
});
