import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it, vi } from 'vitest';
import { createContext } from '../../../util/context.ts';
import { photon } from './index.ts';
import { parsePhoton, releaseOf } from './parse.ts';

const entry = (changes: object = {}) => ({
  cve_id: 'CVE-2023-38545',
  pkg: 'curl',
  cve_score: 9.8,
  aff_ver: 'all versions before 7.88.1-4.ph4 are vulnerable',
  res_ver: '7.88.1-4.ph4',
  status: 'Fixed',
  ...changes,
});
const read = (...entries: readonly unknown[]) => [...parsePhoton(entries, '4.0', createContext())];

testAdvisorySource(photon, {
  name: 'photon_cve_metadata-cve_data_photon4.0.json',
  records: 2,
  text: JSON.stringify([entry(), entry({ cve_id: 'CVE-2023-44487', pkg: 'httpd', res_ver: 'NA', aff_ver: '', status: 'Not Affected' })]),
});

describe('photon', () => {
  it('reads a fix, with its score', () => {
    expect(read(entry())).toEqual([
      {
        id: 'CVE-2023-38545',
        aliases: [],
        opinions: [{ source: 'photon', severity: 'critical', score: 9.8 }],
        cwes: [],
        references: ['https://github.com/vmware/photon/wiki/Security-Updates-4'],
        withdrawn: false,
        affected: [{ ecosystem: 'photon:4.0', name: 'curl', scheme: 'rpm', ranges: [{ fixed: '7.88.1-4.ph4' }], status: 'affected' }],
      },
    ]);
  });

  it.each([
    ['what is not affected', { status: 'Not Affected', res_ver: 'NA', aff_ver: '' }, { status: 'not-affected', ranges: [] }],
    ['an end that is no fix', { res_ver: 'NA', status: 'Not Fixed' }, { status: 'affected', ranges: [{ before: '7.88.1-4.ph4' }] }],
    ['what is open', { res_ver: 'NA', aff_ver: 'all versions are vulnerable' }, { status: 'affected', ranges: [{}] }],
  ])('reads %s', (_name, changes, expected) => {
    expect(read(entry(changes))).toMatchObject([{ affected: [expected] }]);
  });

  it('leaves out what names no version', () => {
    expect(read(entry({ aff_ver: 'NA', res_ver: 'NA' }))).toEqual([]);
  });

  it('says which entry is malformed and reads the rest', () => {
    const diagnose = vi.fn();
    expect([...parsePhoton([3, entry({ cve_score: null })], '4.0', createContext({ diagnose }))]).toMatchObject([{ opinions: [] }]);
    expect(diagnose).toHaveBeenCalledWith(expect.objectContaining({ message: 'photon 4.0: entry 0 is malformed' }));
  });

  it.each([
    ['cve_data_photon3.0.json', [], '3.0'],
    ['feed.json', [entry({ res_ver: 'NA' }), entry()], '4.0'],
    ['feed.json', [], undefined],
  ])('knows the release of %s', (name, value, release) => {
    expect(releaseOf(name, value)).toBe(release);
  });
});
