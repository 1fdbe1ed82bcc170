import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { xmlElements } from '../../shared/xml.ts';
import type { Advisory } from '../../types.ts';
import { oracle } from './index.ts';
import { parseDefinition } from './parse.ts';

const criterion = (comment: string) => `<criterion test_ref="oval:com.oracle.elsa:tst:1" comment="${comment}"/>`;
const all = (...inner: readonly string[]) => `<criteria operator="AND">${inner.join('\n')}</criteria>`;
const some = (...inner: readonly string[]) => `<criteria operator="OR">${inner.join('\n')}</criteria>`;
const fix = (name: string, version: string, ...more: readonly string[]) =>
  all(criterion(`${name} is earlier than ${version}`), criterion(`${name} is signed with the Oracle Linux 8 key`), ...more.map(criterion));
const definition = (criteria: string, cves: readonly string[] = ['CVE-2024-0001']) => `
<definition id="oval:com.oracle.elsa:def:20240001" version="501" class="patch"><metadata>
<title>
ELSA-2024-0001:  bind security update (IMPORTANT)
</title><affected family="unix"><platform>Oracle Linux 8</platform></affected>
<reference source="elsa" ref_id="ELSA-2024-0001" ref_url="https://linux.oracle.com/errata/ELSA-2024-0001.html"/>
${cves.map((cve) => `<reference source="CVE" ref_id="${cve}" ref_url="https://linux.oracle.com/cve/${cve}.html"/>`).join('')}
<description>[9.11.36-8] - fixes</description><!-- advisory details --><advisory><severity>IMPORTANT</severity><issued date="2024-01-02"/>
${cves.map((cve) => `<cve href="x">${cve}</cve>`).join('')}</advisory></metadata>${criteria}</definition>`;
const document = (...definitions: readonly string[]) =>
  `<?xml version="1.0"?><oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5"><definitions>${definitions.join('')}</definitions></oval_definitions>`;
const release = criterion('Oracle Linux 8 is installed');

async function read(text: string): Promise<readonly Advisory[]> {
  async function* bytes() {
    yield new TextEncoder().encode(text);
  }
  for await (const element of xmlElements(bytes(), new Set(['definition']))) return parseDefinition(element);
  return [];
}

testAdvisorySource(oracle, {
  name: 'com.oracle.elsa-all.xml',
  records: 3,
  text: document(
    definition(all(release, some(fix('bind', '32:9.11.36-8.el8')))),
    definition(all(release, fix('curl', '0:7-1.el8')), ['CVE-2024-0002', 'CVE-2024-0003']),
  ),
});

describe('oracle', () => {
  it('reads an announcement for each vulnerability it fixes', async () => {
    const text = definition(all(release, some(fix('bind', '32:9.11.36-8.el8'), fix('bind-libs', '0:9.11.36-8.el8'))), [
      'CVE-2024-0001',
      'CVE-2024-0002',
    ]);
    const found = await read(text);
    expect(found.map(({ id }) => id)).toEqual(['CVE-2024-0001', 'CVE-2024-0002']);
    expect(found[0]).toMatchObject({
      summary: 'bind security update (IMPORTANT)',
      description: '[9.11.36-8] - fixes',
      published: '2024-01-02',
      opinions: [{ source: 'oracle', severity: 'high' }],
      affected: [
        {
          ecosystem: 'oracle:8',
          name: 'bind',
          scheme: 'rpm',
          status: 'affected',
          severity: 'high',
          ranges: [{ fixed: '32:9.11.36-8.el8' }],
        },
        { name: 'bind-libs', ranges: [{ fixed: '9.11.36-8.el8' }] },
      ],
    });
  });

  it('keeps architectures apart where their versions differ, and joins them where not', async () => {
    const arch = (name: string, version: string) =>
      all(criterion(`Oracle Linux arch is ${name}`), some(fix('rsyslog', version), fix('curl', '0:1-1.el8')));
    const [found] = await read(definition(all(release, some(arch('aarch64', '0:8-2.el8'), arch('x86_64', '0:8-1.el8')))));
    expect(found?.affected.map(({ name, architecture, ranges }) => [name, architecture, ranges[0]?.fixed])).toEqual([
      ['rsyslog', 'aarch64', '8-2.el8'],
      ['rsyslog', 'x86_64', '8-1.el8'],
      ['curl', undefined, '1-1.el8'],
    ]);
  });

  it('keeps the stream of a module', async () => {
    const [found] = await read(definition(all(release, criterion('Module ruby:2.7 is enabled'), some(fix('ruby', '0:2.7-1.module+el8')))));
    expect(found?.affected).toMatchObject([{ name: 'ruby', module: 'ruby:2.7' }]);
  });

  it.each([
    ['builds of Ksplice', fix('openssl', '2:1.1.1g-15.ksplice1.el8_3', 'openssl is ksplice-based')],
    ['builds for FIPS', fix('gnutls', '10:3.6.16-4.0.1.el8_fips')],
    ['criteria of no release', all(criterion('bind is earlier than 1-1'))],
  ])('leaves out %s', async (_name, criteria) => {
    const inside = _name.includes('no release') ? criteria : all(release, some(criteria));
    expect(await read(definition(inside))).toEqual([]);
  });
});
