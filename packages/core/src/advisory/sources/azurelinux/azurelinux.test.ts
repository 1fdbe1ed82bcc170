import type { Diagnostic } from '@plimsoll/model';
import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../../util/context.ts';
import { azurelinux } from './index.ts';
import { parseOval } from './parse.ts';

interface Test {
  readonly operation: string;
  readonly evr: string;
  readonly name?: string;
}

const PRODUCT = 'oval:com.microsoft.cbl-mariner';
const definition = (id: number, tests: readonly Test[], patchable = 'true') => `
<definition class="vulnerability" id="${PRODUCT}:def:${id}" version="1"><metadata><title>CVE-2023-${1000 + id} affecting package golang</title>
<reference ref_id="CVE-2023-${1000 + id}" ref_url="https://nvd.nist.gov/vuln/detail/CVE-2023-${1000 + id}" source="CVE"/>
<patchable>${patchable}</patchable><advisory_date>2023-05-03T16:24:32Z</advisory_date><severity>Critical</severity><description>a fault</description></metadata>
<criteria operator="AND">${tests.map((_, i) => `<criterion comment="c" test_ref="${PRODUCT}:tst:${id}${i}"/>`).join('')}</criteria></definition>`;
const rest = (id: number, tests: readonly Test[]) => ({
  tests: tests.map(
    (_, i) =>
      `<linux-def:rpminfo_test id="${PRODUCT}:tst:${id}${i}"><linux-def:object object_ref="obj:${id}${i}"/><linux-def:state state_ref="ste:${id}${i}"/></linux-def:rpminfo_test>`,
  ),
  objects: tests.map(
    ({ name }, i) =>
      `<linux-def:rpminfo_object id="obj:${id}${i}"><linux-def:name>${name ?? 'golang'}</linux-def:name></linux-def:rpminfo_object>`,
  ),
  states: tests.map(
    ({ operation, evr }, i) =>
      `<linux-def:rpminfo_state id="ste:${id}${i}"><linux-def:evr datatype="evr_string" operation="${operation}">${evr}</linux-def:evr></linux-def:rpminfo_state>`,
  ),
});
function document(definitions: readonly (readonly Test[])[], patchable?: string): string {
  const parts = definitions.map((tests, i) => rest(i, tests));
  return `<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5" xmlns:linux-def="urn:x"><definitions>${definitions
    .map((tests, i) => definition(i, tests, patchable))
    .join('')}</definitions><tests>${parts.flatMap(({ tests }) => tests).join('')}</tests><objects>${parts
    .flatMap(({ objects }) => objects)
    .join('')}</objects><states>${parts.flatMap(({ states }) => states).join('')}</states></oval_definitions>`;
}

async function read(text: string) {
  const diagnostics: Diagnostic[] = [];
  async function* bytes() {
    yield new TextEncoder().encode(text);
  }
  const found = [];
  for await (const advisory of parseOval(bytes(), createContext({ diagnose: (diagnostic) => diagnostics.push(diagnostic) })))
    found.push(advisory);
  return { found, messages: diagnostics.map(({ message }) => message) };
}

testAdvisorySource(azurelinux, {
  name: 'AzureLinuxVulnerabilityData-main-cbl-mariner-2.0-oval.xml',
  records: 2,
  text: document([[{ operation: 'less than', evr: '0:1.20.7-1.cm2' }], [{ operation: 'less than or equal', evr: '0:2.35-4.cm2' }]]),
});

describe('azurelinux', () => {
  it('reads a fix', async () => {
    expect((await read(document([[{ operation: 'less than', evr: '0:1.20.7-1.azl3' }]]))).found).toEqual([
      {
        id: 'CVE-2023-1000',
        aliases: [],
        opinions: [{ source: 'azurelinux', severity: 'critical' }],
        cwes: [],
        references: ['https://nvd.nist.gov/vuln/detail/CVE-2023-1000'],
        withdrawn: false,
        description: 'a fault',
        published: '2023-05-03T16:24:32Z',
        affected: [
          {
            ecosystem: 'azurelinux:3.0',
            name: 'golang',
            scheme: 'rpm',
            ranges: [{ fixed: '1.20.7-1.azl3' }],
            status: 'affected',
            severity: 'critical',
          },
        ],
      },
    ]);
  });

  it.each<[string, readonly Test[], object]>([
    ['no fix yet', [{ operation: 'less than or equal', evr: '0:2.35-4.cm2' }], { lastAffected: '2.35-4.cm2' }],
    [
      'two tests as one range',
      [
        { operation: 'less than', evr: '0:1.20.7-1.cm2' },
        { operation: 'greater than', evr: '0:1.19.0.cm2' },
      ],
      { introduced: '1.19.0.cm2', fixed: '1.20.7-1.cm2' },
    ],
    ['an epoch', [{ operation: 'less than', evr: '1:1.20.7-1.cm2' }], { fixed: '1:1.20.7-1.cm2' }],
  ])('reads %s', async (_name, tests, range) => {
    expect((await read(document([tests]))).found).toMatchObject([{ affected: [{ ecosystem: 'mariner:2.0', ranges: [range] }] }]);
  });

  it('leaves out what never applied', async () => {
    expect(await read(document([[{ operation: 'less than', evr: '0:1-1.cm2' }]], 'Not Applicable'))).toEqual({ found: [], messages: [] });
  });

  it.each<[string, readonly Test[], string]>([
    ['another operation', [{ operation: 'pattern match', evr: '0:1-1.cm2' }], 'its test is "pattern match"'],
    ['no release', [{ operation: 'less than', evr: '0:1-1' }], 'its release is not told'],
    [
      'two packages',
      [
        { operation: 'less than', evr: '0:1-1.cm2' },
        { operation: 'less than', evr: '0:1-1.cm2', name: 'other' },
      ],
      'what it tests is not there',
    ],
  ])('says that a definition cannot be understood: %s', async (_name, tests, why) => {
    const sound: readonly Test[] = [{ operation: 'less than', evr: '0:1-1.cm2' }];
    const { found, messages } = await read(document([tests, sound]));
    expect(found.map(({ id }) => id)).toEqual(['CVE-2023-1001']);
    expect(messages).toEqual([`${PRODUCT}:def:0: ${why}`]);
  });
});
