import { testAdvisorySource } from '@plimsoll/testkit/conformance';
import { describe, expect, it, vi } from 'vitest';
import { createContext } from '../../../util/context.ts';
import { debianTracker } from './index.ts';
import { parseTracker } from './parse.ts';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const tracker = (release: unknown, id = 'CVE-2024-1') => ({
  openssl: { [id]: { description: 'a fault', releases: { bookworm: release } } },
});
const parse = (value: unknown) => [...parseTracker(value, createContext())];

testAdvisorySource(debianTracker, {
  name: 'json',
  records: 2,
  text: JSON.stringify({
    curl: {
      'CVE-2023-38545': { releases: { bookworm: { status: 'resolved', fixed_version: '7.88.1-10+deb12u4', urgency: 'high' } } },
      'CVE-2023-38546': { releases: { bookworm: { status: 'open', urgency: 'low' } } },
    },
  }),
});

describe('debian-tracker', () => {
  it('knows its layout', () => {
    expect(debianTracker.recognises('json', encode(tracker({ status: 'open' })))).toBe(true);
    expect(debianTracker.recognises('json', encode({ openssl: { versions: [] } }))).toBe(false);
  });

  it.each([
    [
      'a fix',
      { status: 'resolved', fixed_version: '3.0.11-1', urgency: 'high' },
      { status: 'affected', ranges: [{ fixed: '3.0.11-1' }], severity: 'high' },
    ],
    ['version 0', { status: 'resolved', fixed_version: '0' }, { status: 'not-affected', ranges: [] }],
    ['no fix yet', { status: 'open', urgency: 'not yet assigned' }, { status: 'affected', ranges: [{}] }],
    ['a fix postponed', { status: 'open', nodsa: 'Minor', nodsa_reason: 'postponed' }, { status: 'affected', ranges: [{}] }],
    ['a fix refused', { status: 'open', nodsa: 'Minor', nodsa_reason: 'ignored' }, { status: 'will-not-fix', ranges: [{}] }],
    ['no announcement, as it is minor', { status: 'open', nodsa: 'Minor', nodsa_reason: '' }, { status: 'affected', ranges: [{}] }],
    ['what is still looked into', { status: 'undetermined' }, { status: 'under-investigation', ranges: [{}] }],
    ['the end of support', { status: 'open', urgency: 'end-of-life' }, { status: 'end-of-life', ranges: [{}] }],
    ['what is unimportant', { status: 'open', urgency: 'unimportant' }, { status: 'affected', ranges: [{}], severity: 'low' }],
    ['a guess of urgency', { status: 'open', urgency: 'medium**' }, { status: 'affected', ranges: [{}], severity: 'medium' }],
  ])('reads %s', (_name, release, expected) => {
    expect(parse(tracker(release))).toMatchObject([
      { id: 'CVE-2024-1', description: 'a fault', affected: [{ ecosystem: 'debian:12', name: 'openssl', scheme: 'deb', ...expected }] },
    ]);
  });

  it.each([
    ['a status that is none', tracker({ status: 'unknown' })],
    ['ids that are for a time', tracker({ status: 'open' }, 'TEMP-0000000-ABCDEF')],
    ['no document', undefined],
  ])('leaves out %s', (_name, value) => {
    expect(parse(value)).toEqual([]);
  });

  it('says which record is malformed and reads the rest', () => {
    const diagnose = vi.fn();
    const value = { openssl: { 'CVE-2024-1': { releases: 3 }, 'CVE-2024-2': { releases: { sid: { status: 'open' } } } } };
    const found = [...parseTracker(value, createContext({ diagnose }))];
    expect(found.map(({ id, affected }) => [id, affected[0]?.ecosystem])).toEqual([['CVE-2024-2', 'debian:sid']]);
    expect(diagnose).toHaveBeenCalledWith(expect.objectContaining({ code: 'ADVISORY_RECORD_UNREADABLE' }));
  });
});
