import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildAdvisory } from '@plimsoll/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Advisory, AdvisoryRecord, AffectedPackage } from '../advisory/types.ts';
import { type AdvisoryDatabase, openAdvisoryDatabase } from './advisory-database.ts';

const osv = { id: 'osv', title: 'OSV', license: 'CC0', sample: false };
const kev = { ...osv, id: 'kev' };
const state = (fingerprint = 'one') => ({ fingerprint, updated: '2026-01-02T00:00:00Z' });
const left = { ecosystem: 'npm', name: 'left' };

const advisory = (id: string, affected?: readonly Partial<AffectedPackage>[], change?: Partial<Advisory>): AdvisoryRecord => ({
  kind: 'advisory',
  advisory: buildAdvisory(id, affected, change),
});

async function* records(...items: readonly AdvisoryRecord[]): AsyncGenerator<AdvisoryRecord> {
  for (const item of items) yield item;
}

describe('openAdvisoryDatabase', () => {
  let folder: string;
  let file: string;
  let database: AdvisoryDatabase;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-store-'));
    file = path.join(folder, 'advisories.db');
    database = openAdvisoryDatabase(file);
  });
  afterEach(async () => {
    database[Symbol.dispose]();
    await rm(folder, { recursive: true });
  });
  const idsOf = (from: AdvisoryDatabase = database) => from.find([left])[0]?.map(({ id }) => id);

  it('gives back what was stored, key by key, in their order', async () => {
    const stored = buildAdvisory('GHSA-a', [{ ranges: [{ fixed: '2' }] }, { name: 'right', versions: ['1', '2'] }], {
      aliases: ['CVE-1'],
      summary: 'ä 💥',
      opinions: [{ source: 'github', severity: 'high' }],
    });
    expect(await database.replace(osv, state(), records({ kind: 'advisory', advisory: stored }))).toBe(1);
    const found = database.find([{ ecosystem: 'npm', name: 'none' }, { ecosystem: 'npm', name: 'right' }, left, left]);
    expect(found.map((list) => list.map(({ affected }) => affected))).toEqual([
      [],
      [stored.affected[1]],
      [stored.affected[0]],
      [stored.affected[0]],
    ]);
    const { affected: _, withdrawn: __, ...body } = stored;
    expect(found[2]?.[0]).toMatchObject({ source: 'osv', id: 'GHSA-a', advisory: body });
  });

  it('finds advisories by any of their ids, exploited and likely ones by theirs', async () => {
    await database.replace(osv, state(), records(advisory('GHSA-a', [{}], { aliases: ['CVE-1', 'CVE-2'] })));
    await database.replace(kev, state(), records({ kind: 'kev', id: 'CVE-1', kev: { dateAdded: '2024-01-01', ransomware: true } }));
    await database.replace({ ...osv, id: 'epss' }, state(), records({ kind: 'epss', id: 'CVE-2', epss: { score: 0.1, percentile: 0.2 } }));
    const ids = ['CVE-1', 'CVE-2', 'GHSA-a', 'CVE-3'];
    expect([...database.byIds(ids)].map(([id, [first]]) => [id, first?.source, first?.advisory.id])).toEqual([
      ['CVE-1', 'osv', 'GHSA-a'],
      ['CVE-2', 'osv', 'GHSA-a'],
      ['GHSA-a', 'osv', 'GHSA-a'],
    ]);
    expect([...database.kev(ids)]).toEqual([['CVE-1', { dateAdded: '2024-01-01', ransomware: true }]]);
    expect([...database.epss(ids)]).toEqual([['CVE-2', { score: 0.1, percentile: 0.2 }]]);
  });

  it('keeps all packages of an id that a source names several times', async () => {
    await database.replace(osv, state(), records(advisory('CVE-1'), advisory('CVE-1', [{ name: 'right' }]), advisory('CVE-1')));
    expect(idsOf()).toEqual(['CVE-1', 'CVE-1']);
    expect(database.find([{ ecosystem: 'npm', name: 'right' }])[0]).toHaveLength(1);
    expect(database.byIds(['CVE-1']).get('CVE-1')).toHaveLength(1);
  });

  it('replaces a source whole, and leaves the others', async () => {
    await database.replace(osv, state(), records(advisory('GHSA-a', [{}, { ecosystem: 'pypi' }], { aliases: ['CVE-1'] })));
    await database.replace({ ...osv, id: 'debian-tracker' }, state(), records(advisory('CVE-9')));
    await database.replace(osv, state('two'), records(advisory('GHSA-b')));
    expect(idsOf()).toEqual(['CVE-9', 'GHSA-b']);
    expect(database.byIds(['CVE-1', 'GHSA-a']).size).toBe(0);
    expect([database.covers('npm'), database.covers('pypi')]).toEqual([true, false]);
    expect(database.fingerprintOf('osv')).toBe('two');
  });

  it('leaves out what was withdrawn', async () => {
    expect(await database.replace(osv, state(), records(advisory('GHSA-a', [{}], { withdrawn: true }), advisory('GHSA-b')))).toBe(1);
    expect(idsOf()).toEqual(['GHSA-b']);
  });

  it('keeps the data from before where the records break off', async () => {
    await database.replace(osv, state(), records(advisory('GHSA-a')));
    const broken = async function* () {
      yield advisory('GHSA-b');
      throw new Error('cut off');
    };
    await expect(database.replace(osv, state('two'), broken())).rejects.toThrow('cut off');
    expect(idsOf()).toEqual(['GHSA-a']);
    expect(database.fingerprintOf('osv')).toBe('one');
  });

  it('shows readers the data from before until an update is whole, and takes updates one after the other', async () => {
    await database.replace(osv, state(), records(advisory('GHSA-a')));
    using reader = openAdvisoryDatabase(file);
    const seen: (readonly string[] | undefined)[] = [];
    const slow = async function* () {
      yield advisory('GHSA-b');
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(idsOf(reader), idsOf());
    };
    await Promise.all([database.replace(osv, state('two'), slow()), database.replace(kev, state(), records(advisory('CVE-3')))]);
    expect(seen).toEqual([['GHSA-a'], ['GHSA-a']]);
    expect(idsOf(reader)).toEqual(['CVE-3', 'GHSA-b']);
  });

  it('notes a failure, keeps the data, and wants the same documents again', async () => {
    await database.replace(osv, state(), records(advisory('GHSA-a')));
    const before = database.fingerprint();
    database.fail(osv, 'no network');
    database.fail(kev, 'no network');
    const status = (id: string) => database.status().find((source) => source.id === id);
    expect(status('osv')).toMatchObject({ state: 'failed', error: 'no network', records: 1, ecosystems: ['npm'] });
    expect(status('kev')).toMatchObject({ state: 'failed', records: 0 });
    expect(status('epss')).toMatchObject({ state: 'empty', records: 0, sample: false });
    expect(database.fingerprintOf('osv')).toBeUndefined();
    expect(database.fingerprint()).not.toBe(before);
    expect(idsOf()).toEqual(['GHSA-a']);
    await database.replace({ ...osv, sample: true }, { ...state('two'), date: '2025-03-01T00:00:00Z' }, records(advisory('GHSA-b')));
    expect(status('osv')).toMatchObject({ state: 'ready', sample: true, date: '2025-03-01T00:00:00Z', updated: '2026-01-02T00:00:00Z' });
    expect(status('osv')).not.toHaveProperty('error');
  });

  it('finds everything again when it is opened again', async () => {
    await database.replace(osv, state(), records(advisory('GHSA-a')));
    database[Symbol.dispose]();
    database = openAdvisoryDatabase(file);
    expect(idsOf()).toEqual(['GHSA-a']);
  });

  it('is not confused by names that look like something else', async () => {
    const names = ["'; DROP TABLE advisory; --", '["npm","left"]', '\u0000', '@scope/name', '%'];
    await database.replace(osv, state(), records(...names.map((name, position) => advisory(`GHSA-${position}`, [{ name }]))));
    const found = database.find(names.map((name) => ({ ecosystem: 'npm', name })));
    expect(found.map((list) => list.map(({ affected }) => affected.name))).toEqual(names.map((name) => [name]));
  });

  it('makes the tables anew where they are of another version', async () => {
    await database.replace(osv, state(), records(advisory('GHSA-a')));
    database[Symbol.dispose]();
    using raw = { database: new DatabaseSync(file), [Symbol.dispose]: () => raw.database.close() };
    raw.database.exec('UPDATE store_version SET version = 0; ALTER TABLE advisory RENAME COLUMN body TO text');
    database = openAdvisoryDatabase(file);
    expect(idsOf()).toEqual([]);
    expect(database.status().every(({ state: is }) => is === 'empty')).toBe(true);
  });

  it('says what to do where the file is no database', async () => {
    const other = path.join(folder, 'other.db');
    await writeFile(other, 'a text that is long enough to be taken for the head of a database file, but is none'.repeat(20));
    expect(() => openAdvisoryDatabase(other)).toThrow(
      expect.objectContaining({ code: 'ADVISORY_DATABASE_UNREADABLE', hint: expect.stringContaining('remove the file') }),
    );
  });

  it('says what to do where the file is broken within', async () => {
    await database.replace(osv, state(), records(...Array.from({ length: 2000 }, (_, position) => advisory(`GHSA-${position}`))));
    database[Symbol.dispose]();
    const handle = await open(file, 'r+');
    const { size } = await handle.stat();
    await handle.write(new Uint8Array(size - 8192).fill(7), 0, size - 8192, 8192);
    await handle.close();
    database = openAdvisoryDatabase(file);
    expect(() => [database.find([left]), database.status()]).toThrow(expect.objectContaining({ code: 'ADVISORY_DATABASE_UNREADABLE' }));
  });
});
