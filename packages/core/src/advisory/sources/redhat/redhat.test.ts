import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { writeTar } from '@plimsoll/testkit';
import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../../util/context.ts';
import { redhat } from './index.ts';
import { parseCsaf } from './parse.ts';
import { type CsafSpec, csafOf, type ProductSpec } from './redhat.fixture.ts';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
function read(spec: CsafSpec) {
  const found = parseCsaf(encode(csafOf(spec)));
  if (typeof found === 'string') throw new Error(found);
  return found;
}

const pam = 'pam-0:1.5.1-21.el9_5';
const products: readonly ProductSpec[] = [
  { id: `${pam}.x86_64`, purl: 'pkg:rpm/redhat/pam@1.5.1-21.el9_5?arch=x86_64' },
  { id: `${pam}.aarch64`, purl: 'pkg:rpm/redhat/pam@1.5.1-21.el9_5?arch=aarch64' },
  { id: `${pam}.src`, purl: 'pkg:rpm/redhat/pam@1.5.1-21.el9_5?arch=src' },
  { id: 'pam-debuginfo.x86_64', purl: 'pkg:rpm/redhat/pam-debuginfo@1.5.1-21.el9_5?arch=x86_64' },
  { id: 'bind.x86_64', purl: 'pkg:rpm/redhat/bind@9.16.23-1.el9%2B1?arch=x86_64&epoch=32' },
  { id: 'pam', purl: 'pkg:rpm/redhat/pam?arch=src' },
  { id: 'pam-libs', purl: 'pkg:rpm/redhat/pam-libs' },
  { id: 'image', purl: 'pkg:oci/image@sha256:0' },
  {
    id: 'ruby.x86_64::ruby:3.1',
    purl: 'pkg:rpm/redhat/ruby@3.1.4-142.module%2Bel9?arch=x86_64&rpmmod=ruby:3.1:8090020240311122605:a75119d5',
  },
  { id: 'nodejs:18', purl: 'pkg:rpmmod/redhat/nodejs@18:8060020230324124021:ad008a3a' },
  { id: 'nodejs.x86_64', purl: 'pkg:rpm/redhat/nodejs@18.14.2-3.module%2Bel9?arch=x86_64&epoch=1' },
  { id: 'nodejs:18/nodejs', purl: 'pkg:rpm/redhat/nodejs:18/nodejs?arch=src' },
];
const repository = 'BaseOS-9';
const release = 'red_hat_enterprise_linux_9';
const every = products.flatMap(({ id }) => [
  [id, repository] as const,
  [id, release] as const,
  [id, 'BaseOS-9.2.EUS'] as const,
  [id, 'AppStream-9'] as const,
]);
const relations = [...every, ['nodejs.x86_64', `${repository}:nodejs:18`] as const];
const affectedBy = (vulnerability: object) =>
  read({ products, relations, vulnerabilities: [{ cve: 'CVE-2024-10041', ...vulnerability }] })[0]?.affected;

testAdvisorySource(redhat, {
  name: 'cve-2024-10041.json',
  zip: true,
  records: 1,
  text: JSON.stringify(
    csafOf({
      products,
      relations,
      vulnerabilities: [{ cve: 'CVE-2024-10041', product_status: { fixed: [`${repository}:${pam}.x86_64`] } }],
    }),
  ),
});

describe('redhat', () => {
  it('leaves the documents of other makers alone', () => {
    const text = JSON.stringify(csafOf({ vulnerabilities: [] })).replace('https://www.redhat.com', 'https://www.suse.com/');
    expect(redhat.recognises('x.json', new TextEncoder().encode(text))).toBe(false);
  });

  it('reads a fix, once for all its repositories and architectures', () => {
    const fixed = [`${repository}:${pam}.x86_64`, `${repository}:${pam}.aarch64`, `AppStream-9:${pam}.x86_64`, `${repository}:${pam}.src`];
    const [found] = read({
      products,
      relations,
      vulnerabilities: [
        {
          cve: 'CVE-2024-10041',
          cwe: { id: 'CWE-922' },
          notes: [
            { category: 'description', text: 'A flaw.' },
            { category: 'summary', text: 'pam: a flaw' },
          ],
          references: [{ url: 'https://example.org/1' }],
          release_date: '2024-10-18T00:00:00Z',
          product_status: { fixed },
          remediations: [
            { category: 'vendor_fix', details: 'x', url: 'https://access.redhat.com/errata/RHSA-2024:9941', product_ids: fixed },
          ],
          scores: [{ cvss_v3: { vectorString: 'CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N', baseScore: 4.7 } }],
          threats: [{ category: 'impact', details: 'Moderate', product_ids: fixed }],
        },
      ],
    });
    expect(found).toEqual({
      id: 'CVE-2024-10041',
      aliases: [],
      opinions: [{ source: 'redhat', severity: 'medium', score: 4.7, vector: 'CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N' }],
      cwes: ['CWE-922'],
      references: [
        'https://access.redhat.com/security/cve/CVE-2024-10041',
        'https://access.redhat.com/errata/RHSA-2024:9941',
        'https://example.org/1',
      ],
      withdrawn: false,
      summary: 'pam: a flaw',
      description: 'A flaw.',
      published: '2024-10-18T00:00:00Z',
      affected: [
        { ecosystem: 'rhel:9', name: 'pam', scheme: 'rpm', status: 'affected', severity: 'medium', ranges: [{ fixed: '1.5.1-21.el9_5' }] },
      ],
    });
  });

  it.each<[string, object, readonly object[]]>([
    ['known_affected', { product_status: { known_affected: [`${release}:pam`] } }, [{ name: 'pam.src', status: 'affected', ranges: [{}] }]],
    [
      'a package beside its source',
      { product_status: { known_affected: [`${release}:pam`, `${release}:pam-libs`] } },
      [{ name: 'pam-libs', status: 'affected' }],
    ],
    [
      'will not fix',
      {
        product_status: { known_affected: [`${release}:pam`] },
        remediations: [{ category: 'no_fix_planned', details: 'Will not fix', product_ids: [`${release}:pam`] }],
      },
      [{ name: 'pam.src', status: 'will-not-fix' }],
    ],
    [
      'out of support scope',
      { remediations: [{ category: 'no_fix_planned', details: 'Out of support scope', product_ids: [`${release}:pam`] }] },
      [{ name: 'pam.src', status: 'end-of-life' }],
    ],
    [
      'a fix that is deferred',
      { remediations: [{ category: 'none_available', details: 'Fix deferred', product_ids: [`${release}:pam`] }] },
      [{ name: 'pam.src', status: 'affected' }],
    ],
    [
      'a workaround, which changes nothing',
      {
        product_status: { known_affected: [`${release}:pam`] },
        remediations: [{ category: 'workaround', details: 'x', product_ids: [`${release}:pam`, `${release}:pam-libs`] }],
      },
      [{ name: 'pam.src', status: 'affected' }],
    ],
    ['under_investigation', { product_status: { under_investigation: [`${release}:pam`] } }, [{ status: 'under-investigation' }]],
    [
      'what is not affected, beside what is',
      { product_status: { known_affected: [`${release}:pam`], known_not_affected: [`${release}:pam-libs`] } },
      [
        { name: 'pam.src', status: 'affected' },
        { name: 'pam-libs', status: 'not-affected', ranges: [] },
      ],
    ],
    ['an epoch', { product_status: { fixed: [`${repository}:bind.x86_64`] } }, [{ ranges: [{ fixed: '32:9.16.23-1.el9+1' }] }]],
    [
      'a fix in a module',
      { product_status: { fixed: [`${repository}:ruby.x86_64::ruby:3.1`] } },
      [{ name: 'ruby', module: 'ruby:3.1', ranges: [{ fixed: '3.1.4-142.module+el9' }] }],
    ],
    [
      'a fix by way of a module',
      { product_status: { fixed: [`${repository}:nodejs:18:nodejs.x86_64`] } },
      [{ name: 'nodejs', module: 'nodejs:18', ranges: [{ fixed: '1:18.14.2-3.module+el9' }] }],
    ],
    [
      'what is open in a module',
      { product_status: { known_affected: [`${release}:nodejs:18/nodejs`] } },
      [{ name: 'nodejs.src', module: 'nodejs:18', status: 'affected' }],
    ],
  ])('reads %s', (_name, vulnerability, expected) => {
    expect(affectedBy(vulnerability)).toMatchObject(expected);
    expect(affectedBy(vulnerability)).toHaveLength(expected.length);
  });

  it.each([
    ['of an extended stream', { product_status: { fixed: [`BaseOS-9.2.EUS:${pam}.x86_64`] } }],
    ['that is no RPM', { product_status: { known_affected: [`${release}:image`] } }],
    ['of symbols for debuggers', { product_status: { fixed: [`${repository}:pam-debuginfo.x86_64`] } }],
    ['that the document does not explain', { product_status: { fixed: ['red_hat_enterprise_linux_7:pam'] } }],
    ['that is not affected, nor anything else', { product_status: { known_not_affected: [`${release}:pam`] } }],
  ])('leaves out a product %s', (_name, vulnerability) => {
    expect(affectedBy(vulnerability)).toBeUndefined();
  });

  it('believes what is said of one of several vulnerabilities before what is said of all', () => {
    const product_status = { fixed: [`${repository}:${pam}.x86_64`] };
    const found = read({
      category: 'csaf_security_advisory',
      aggregate: 'Critical',
      products,
      relations,
      vulnerabilities: [
        { cve: 'CVE-2024-0001', product_status, threats: [{ category: 'impact', details: 'Low' }] },
        { cve: 'CVE-2024-0002', product_status },
        { cve: null, product_status },
      ],
    });
    expect(found.map(({ id, opinions }) => [id, opinions[0]?.severity])).toEqual([
      ['CVE-2024-0001', 'low'],
      ['CVE-2024-0002', 'critical'],
    ]);
  });

  it('is not caught in relations that turn in a circle, nor in branches without end', () => {
    let branches: object[] = [];
    for (let depth = 0; depth < 500; depth += 1) branches = [{ branches }];
    const relationships = ['a', 'b'].map((id, i) => ({
      full_product_name: { product_id: id },
      product_reference: 'x',
      relates_to_product_reference: ['b', 'a'][i],
    }));
    const document = {
      document: {},
      product_tree: { branches, relationships },
      vulnerabilities: [{ cve: 'CVE-2024-0001', product_status: { fixed: ['a'] } }],
    };
    expect(parseCsaf(encode(document))).toEqual([]);
  });

  it('finds the archive by the text that names it', async () => {
    const read = async () => 'csaf_vex_2025-02-15.tar.zst\n';
    expect(await redhat.locate?.('https://security.access.redhat.com/data/csaf/v2/vex/archive_latest.txt', read)).toEqual([
      'https://security.access.redhat.com/data/csaf/v2/vex/csaf_vex_2025-02-15.tar.zst',
    ]);
  });

  it('reads the archive, and says which of its documents is malformed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-redhat-'));
    try {
      const document = (cve: string) =>
        JSON.stringify(
          csafOf({ products, relations, vulnerabilities: [{ cve, product_status: { fixed: [`${repository}:${pam}.x86_64`] } }] }),
        );
      const tar = writeTar([
        { path: '2024/cve-2024-0001.json', content: document('CVE-2024-0001') },
        { path: '2024/cve-2024-0002.json', content: '{"document":{}}' },
        { path: '2024/cve-2024-0003.json', content: document('CVE-2024-0003') },
      ]);
      const file = path.join(folder, 'csaf.tar.zst');
      await writeFile(file, zstdCompressSync(tar));
      const messages: string[] = [];
      const ids: string[] = [];
      const context = createContext({ diagnose: ({ message }) => messages.push(message) });
      for await (const record of redhat.parse({ name: 'csaf.tar.zst', file }, context)) {
        if (record.kind === 'advisory') ids.push(record.advisory.id);
      }
      expect(ids).toEqual(['CVE-2024-0001', 'CVE-2024-0003']);
      expect(messages).toEqual([expect.stringContaining('2024/cve-2024-0002.json: vulnerabilities:')]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
