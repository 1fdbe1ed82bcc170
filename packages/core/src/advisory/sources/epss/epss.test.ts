import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { epss } from './index.ts';
import { parseScores } from './parse.ts';

const encode = (text: string) => new TextEncoder().encode(text);

testAdvisorySource(epss, {
  name: 'epss_scores-current.csv',
  records: 2,
  text: '#model_version:v1,score_date:2026-01-02T00:00:00Z\ncve,epss,percentile\nCVE-2023-0001,0.1,0.5\nCVE-2023-0002,0.2,0.6\n',
});

describe('epss', () => {
  it.each([
    ['#model_version:v2025.03.14,score_date:2026-11-22T00:00:00Z\ncve,epss,percentile', true],
    ['cve,epss,percentile\n', true],
    ['CVE,CVSS3,EPSS\n', false],
    ['{}', false],
  ])('knows %j: %s', (text, expected) => {
    expect(epss.recognises('x.csv', encode(text))).toBe(expected);
  });

  it('reads scores with the date of the model', () => {
    const text =
      '#model_version:v1,score_date:2026-11-22T12:55:00Z\ncve,epss,percentile\nCVE-2021-44228,0.94358,0.99957\nCVE-2024-1,0.5,0.9,more';
    expect([...parseScores(text)]).toEqual([
      { id: 'CVE-2021-44228', epss: { score: 0.94358, percentile: 0.99957, date: '2026-11-22' } },
      { id: 'CVE-2024-1', epss: { score: 0.5, percentile: 0.9, date: '2026-11-22' } },
    ]);
  });

  it.each(['CVE-2024-1,high,1', 'CVE-2024-1,1.5,0.2', 'CVE-2024-1', 'GHSA-x,0.1,0.1', ''])('passes over %j', (line) => {
    expect([...parseScores(line)]).toEqual([]);
  });
});
