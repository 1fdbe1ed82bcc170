import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { nvd } from './index.ts';
import { parseNvd } from './parse.ts';

const metric = (source: string, vectorString: string, baseScore: number) => ({
  source,
  type: 'Primary',
  cvssData: { vectorString, baseScore },
});
const v31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const v40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N';
const v2 = 'AV:N/AC:L/Au:N/C:P/I:P/A:P';
const record = (change: object = {}) => ({
  cve: { id: 'CVE-2024-0001', descriptions: [{ lang: 'en', value: 'A long story.' }], ...change },
});
const parse = (change: object) => parseNvd(new TextEncoder().encode(JSON.stringify(record(change))));

testAdvisorySource(nvd, {
  name: 'nvdcve-2.0-2024.json',
  records: 2,
  namesPackages: false,
  text: JSON.stringify({
    resultsPerPage: 2,
    format: 'NVD_CVE',
    version: '2.0',
    timestamp: '2026-01-02T03:04:05.678',
    vulnerabilities: [record(), record({ id: 'CVE-2024-0002', metrics: { cvssMetricV31: [metric('nvd@nist.gov', v31, 9.8)] } })],
  }),
});

describe('nvd', () => {
  it('has a feed for each year, and first what changed', () => {
    expect(nvd.addresses[0]).toMatch(/nvdcve-2\.0-modified\.json\.gz$/);
    expect(nvd.addresses[1]).toMatch(/nvdcve-2\.0-2002\.json\.gz$/);
    expect(nvd.addresses).toContain('https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-2026.json.gz');
  });

  it('reads what is said of a CVE, the assigner’s scores first', () => {
    const metrics = {
      cvssMetricV2: [metric('nvd@nist.gov', v2, 7.5)],
      cvssMetricV31: [
        metric('nvd@nist.gov', v31, 9.8),
        metric('134c704f-9b21-4f2e-91b3-4a467353bcc0', v31, 9.8),
        metric('security@acme.example', v31, 9.8),
      ],
      cvssMetricV40: [metric('security-advisories@github.com', v40, 6.9), metric('4a1b0b1e-0000-0000-0000-000000000000', v40, 99)],
    };
    const weaknesses = [
      {
        description: [
          { lang: 'en', value: 'CWE-79' },
          { lang: 'en', value: 'NVD-CWE-noinfo' },
        ],
      },
      { description: null },
    ];
    expect(parse({ metrics, weaknesses, published: '2024-01-02T03:04:05.678', lastModified: '2024-02-02T03:04:05.678Z' })).toEqual({
      id: 'CVE-2024-0001',
      aliases: [],
      opinions: [
        { source: 'github', severity: 'medium', score: 6.9, vector: v40 },
        { source: 'acme.example', severity: 'critical', score: 9.8, vector: v31 },
        { source: 'nvd', severity: 'critical', score: 9.8, vector: v31 },
        { source: 'nvd', severity: 'high', score: 7.5, vector: v2 },
        { source: 'cisa', severity: 'critical', score: 9.8, vector: v31 },
      ],
      cwes: ['CWE-79'],
      references: ['https://nvd.nist.gov/vuln/detail/CVE-2024-0001'],
      withdrawn: false,
      description: 'A long story.',
      published: '2024-01-02T03:04:05.678Z',
      modified: '2024-02-02T03:04:05.678Z',
      affected: [],
    });
  });

  it('leaves out what was rejected', () => {
    expect(parse({ vulnStatus: 'Rejected' })).toBeUndefined();
  });

  it.each([
    ['an id that is none', { id: 'CVE-x' }],
    ['a score that is no number', { metrics: { cvssMetricV31: [{ source: 'a', cvssData: { baseScore: 'high' } }] } }],
  ])('says what is wrong with %s', (_name, change) => {
    expect(parse(change)).toEqual(expect.any(String));
  });
});
