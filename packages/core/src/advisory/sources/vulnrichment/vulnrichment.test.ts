import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../../util/context.ts';
import { vulnrichment } from './index.ts';
import { parseCompact, parseCve } from './parse.ts';

const v31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const v40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N';
const record = {
  dataType: 'CVE_RECORD',
  cveMetadata: { cveId: 'CVE-2024-0001', state: 'PUBLISHED', datePublished: '2024-01-02T00:00:00Z', dateUpdated: '2024-02-02T00:00:00Z' },
  containers: {
    cna: {
      title: 'Left',
      providerMetadata: { shortName: 'GitHub_M' },
      descriptions: [
        { lang: 'es', value: 'no' },
        { lang: 'en-US', value: 'A story.' },
      ],
      metrics: [{ cvssV4_0: { vectorString: v40, baseScore: 6.9 } }, { cvssV3_1: { vectorString: v31, baseScore: 9.8 } }],
      problemTypes: [{ descriptions: [{ cweId: 'CWE-79' }, { description: 'n/a' }] }],
    },
    adp: [
      {
        providerMetadata: { shortName: 'CISA-ADP' },
        metrics: [{ other: { type: 'ssvc' } }, { cvssV3_1: { vectorString: v31, baseScore: 9.8 } }],
        problemTypes: [{ descriptions: [{ cweId: 'CWE-89' }] }],
      },
    ],
  },
};
const compact = {
  id: 'CVE-2024-0001',
  state: 'PUBLISHED',
  published: '2024-01-02T00:00:00Z',
  updated: '2024-02-02T00:00:00Z',
  assigner: 'GitHub_M',
  title: 'Left',
  description: 'A story.',
  cna: {
    cvss: [
      { v: '4.0', vector: v40, score: 6.9 },
      { v: '3.1', vector: v31, score: 9.8 },
    ],
    cwe: ['CWE-79'],
  },
  affected: [],
  cisa: { cvss: [{ v: '3.1', vector: v31, score: 9.8 }], cwe: ['CWE-89'] },
};
const expected = {
  id: 'CVE-2024-0001',
  aliases: [],
  opinions: [
    { source: 'github', severity: 'medium', score: 6.9, vector: v40 },
    { source: 'github', severity: 'critical', score: 9.8, vector: v31 },
    { source: 'cisa', severity: 'critical', score: 9.8, vector: v31 },
  ],
  cwes: ['CWE-79', 'CWE-89'],
  references: ['https://www.cve.org/CVERecord?id=CVE-2024-0001'],
  withdrawn: false,
  summary: 'Left',
  description: 'A story.',
  published: '2024-01-02T00:00:00Z',
  modified: '2024-02-02T00:00:00Z',
  affected: [],
};

testAdvisorySource(vulnrichment, {
  name: 'vulnrichment-develop/2024/0xxx/CVE-2024-0001.json',
  zip: true,
  records: 1,
  namesPackages: false,
  text: JSON.stringify(record),
});

describe('vulnrichment', () => {
  it('reads both forms of a record alike', () => {
    expect(parseCve(JSON.stringify(record))).toEqual(expected);
    expect(parseCompact(JSON.stringify(compact))).toEqual(expected);
  });

  it('leaves out what was rejected', () => {
    expect(parseCompact(JSON.stringify({ ...compact, state: 'REJECTED' }))).toBeUndefined();
  });

  it.each(['', '[]', '{"id":"CVE-1"}', '{"cveMetadata":{}}'])('says what is wrong with %j', (text) => {
    expect(parseCve(text)).toEqual(expect.any(String));
    expect(parseCompact(text)).toEqual(expect.any(String));
  });

  it('reads a file of lines, and says which is broken', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-lines-'));
    const file = path.join(folder, 'records.jsonl.gz');
    const lines = [compact, 3, { ...compact, id: 'CVE-2024-0002' }].map((line) => JSON.stringify(line)).join('\n');
    await writeFile(file, gzipSync(`${lines}\n`));
    expect(vulnrichment.recognises('records.jsonl', new TextEncoder().encode(lines))).toBe(true);
    const messages: string[] = [];
    const context = createContext({ offline: true, env: {}, diagnose: ({ message }) => messages.push(message) });
    const ids: string[] = [];
    for await (const found of vulnrichment.parse({ name: 'records', file }, context))
      if (found.kind === 'advisory') ids.push(found.advisory.id);
    await rm(folder, { recursive: true });
    expect(ids).toEqual(['CVE-2024-0001', 'CVE-2024-0002']);
    expect(messages).toEqual([expect.stringContaining('records: line 2: ')]);
  });
});
