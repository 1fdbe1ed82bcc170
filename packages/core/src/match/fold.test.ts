import { describe, expect, it } from 'vitest';
import { foldRecords } from './fold.ts';
import type { Decision } from './types.ts';

const yes: Decision = { affected: true, range: '<2', version: '1', fixedIn: '2' };
const outside: Decision = { affected: false, statement: false, reason: 'outside' };
const denied: Decision = { affected: false, statement: true, reason: 'said so' };

const record = (source: string, id: string, aliases: readonly string[] = [], decision: Decision = yes) => ({
  found: {
    source,
    id,
    advisory: { id, aliases, opinions: [], cwes: [], references: [] },
    affected: { ecosystem: 'npm', name: 'left', scheme: 'semver', ranges: [], status: 'affected' },
  } as const,
  decision,
});
/** `id | aliases | records in order`. */
const fold = (...records: readonly ReturnType<typeof record>[]) =>
  foldRecords(records).map(({ id, aliases, records: used }) =>
    [id, aliases.join(' '), used.map(({ found }) => `${found.source}/${found.id}`).join(' ')].join(' | '),
  );

describe('foldRecords', () => {
  it('makes one vulnerability of records that name each other, GitHub’s first', () => {
    expect(fold(record('osv', 'PYSEC-1', ['CVE-1', 'GHSA-a']), record('osv', 'GHSA-a', ['CVE-1']))).toEqual([
      'CVE-1 | GHSA-a PYSEC-1 | osv/GHSA-a osv/PYSEC-1',
    ]);
  });

  it('joins groups when a later record names both', () => {
    expect(fold(record('osv', 'A-1'), record('osv', 'B-1'), record('osv', 'C-1'), record('osv', 'D-1', ['A-1', 'C-1']))).toEqual([
      'A-1 | C-1 D-1 | osv/A-1 osv/C-1 osv/D-1',
      'B-1 |  | osv/B-1',
    ]);
  });

  it('keeps what has nothing in common apart', () => {
    expect(fold(record('osv', 'GHSA-a', ['CVE-1']), record('osv', 'GHSA-b', ['CVE-2']))).toHaveLength(2);
  });

  it('believes a distribution before OSV, whatever comes first', () => {
    expect(fold(record('osv', 'CVE-1'), record('debian-tracker', 'CVE-1'))).toEqual(['CVE-1 |  | debian-tracker/CVE-1 osv/CVE-1']);
  });

  it.each([
    ['the distribution calls it fixed', record('debian-tracker', 'CVE-1', [], outside), record('osv', 'CVE-1')],
    ['the distribution says it never had it', record('alpine-secdb', 'CVE-1', [], denied), record('osv', 'X-1', ['CVE-1'])],
    ['OSV calls it fixed under another id', record('osv', 'GHSA-a', ['CVE-1'], outside), record('friendsofphp', 'CVE-1')],
    ['the same source says it never had it', record('alpine-secdb', 'CVE-1', [], denied), record('alpine-secdb', 'CVE-1')],
  ])('is silent where %s', (_name, no, other) => {
    expect(fold(no, other)).toEqual([]);
    expect(fold(other, no)).toEqual([]);
  });

  it.each([
    ['another range of the same record does not hold it', record('osv', 'GHSA-a', [], outside), record('osv', 'GHSA-a')],
    ['a source that is believed later calls it fixed', record('osv', 'CVE-1', [], outside), record('debian-tracker', 'CVE-1')],
    ['the denial is about another vulnerability', record('debian-tracker', 'CVE-2', [], denied), record('osv', 'CVE-1')],
  ])('speaks where %s', (_name, no, other) => {
    expect(fold(no, other)).toHaveLength(1);
    expect(fold(other, no)).toHaveLength(1);
  });
});
