import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { kev } from './index.ts';
import { parseKev } from './parse.ts';

const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

testAdvisorySource(kev, {
  name: 'known_exploited_vulnerabilities.json',
  records: 2,
  text: JSON.stringify({
    catalogVersion: '2026.01.02',
    dateReleased: '2026-01-02T00:00:00Z',
    vulnerabilities: ['CVE-2021-44228', 'CVE-2023-4911'].map((cveID) => ({ cveID, dateAdded: '2023-11-21' })),
  }),
});

describe('kev', () => {
  it('knows its layout', () => {
    expect(kev.recognises('x.json', encode({ catalogVersion: '1', vulnerabilities: [] }))).toBe(true);
    expect(kev.recognises('x.json', encode({ vulnerabilities: [] }))).toBe(false);
  });

  it('reads entries and the date of the catalog', () => {
    const bytes = encode({
      dateReleased: '2026-01-02T03:04:05.6789Z',
      vulnerabilities: [
        { cveID: 'CVE-2021-44228', dateAdded: '2021-12-10', dueDate: '2021-12-24', knownRansomwareCampaignUse: 'Known', product: 'x' },
        { cveID: 'CVE-2024-3094', dateAdded: '2024-04-01' },
      ],
    });
    expect(parseKev(bytes)).toEqual({
      date: '2026-01-02T03:04:05.678Z',
      entries: [
        { id: 'CVE-2021-44228', kev: { dateAdded: '2021-12-10', dueDate: '2021-12-24', ransomware: true } },
        { id: 'CVE-2024-3094', kev: { dateAdded: '2024-04-01', ransomware: false } },
      ],
    });
  });

  it.each([
    ['nothing', ''],
    ['no catalog', '[]'],
    ['a catalog that is cut off', '{"vulnerabilities": ['],
  ])('refuses %s', (_name, text) => {
    expect(() => parseKev(encode(text))).toThrow(expect.objectContaining({ code: 'ADVISORY_UNREADABLE' }));
  });
});
