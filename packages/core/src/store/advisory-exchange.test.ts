import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { buildAdvisory } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdvisoryRecord } from '../advisory/types.ts';
import { openAdvisoryDatabase } from './advisory-database.ts';
import { exportAdvisories, importAdvisories } from './advisory-exchange.ts';

async function* records(count: number): AsyncGenerator<AdvisoryRecord> {
  for (let index = 0; index < count; index += 1) yield { kind: 'advisory', advisory: buildAdvisory(`CVE-2026-${1000 + index}`) };
}
const source = { id: 'osv', title: 'made', license: 'none', sample: false };
const state = { fingerprint: 'f', updated: '2026-01-01T00:00:00Z' };

describe('the advisory database as one file', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-exchange-'));
    using database = openAdvisoryDatabase(at('from.db'));
    await database.replace(source, state, records(30));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is carried whole, in place of what was there, and seen by who has it open', async () => {
    using into = openAdvisoryDatabase(at('into.db'));
    await into.replace({ ...source, id: 'rubysec' }, state, records(3));
    expect(await exportAdvisories(at('from.db'), at('carried.gz'))).toEqual({ sources: 1, records: 30 });
    expect(await importAdvisories(at('carried.gz'), at('into.db'))).toEqual({ sources: 1, records: 30 });
    expect(into.status().filter(({ records: count }) => count > 0)).toMatchObject([{ id: 'osv', records: 30 }]);
    expect(into.find([{ ecosystem: 'npm', name: 'left' }])[0]).toHaveLength(30);
    expect(readdirSync(folder).filter((name) => /\.(?:copy|part|import)/.test(name))).toEqual([]);
  });

  it.each([
    ['no gzip', async () => 'hello'],
    ['a gzip of anything', async () => gzipSync('hello')],
    ['a database of somebody else', async () => gzipSync(await databaseWith('CREATE TABLE a (b)'))],
    [
      'a database with a trigger',
      async () => gzipSync(await databaseWith('CREATE TRIGGER t AFTER INSERT ON source BEGIN DELETE FROM kev; END', true)),
    ],
  ])('refuses %s, and loses nothing', async (_name, make) => {
    await writeFile(at('bad'), await make());
    await expect(importAdvisories(at('bad'), at('from.db'))).rejects.toMatchObject({ code: 'ADVISORY_FORMAT_UNKNOWN' });
    using database = openAdvisoryDatabase(at('from.db'));
    expect(database.find([{ ecosystem: 'npm', name: 'left' }])[0]).toHaveLength(30);
  });

  it('says what cannot be read or written', async () => {
    await expect(importAdvisories(at('none'), at('from.db'))).rejects.toMatchObject({ code: 'ADVISORY_FORMAT_UNKNOWN' });
    await expect(exportAdvisories(at('from.db'), at('none/x'))).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    expect(existsSync(at('none'))).toBe(false);
  });

  async function databaseWith(sql: string, ours = false): Promise<Uint8Array> {
    const file = at(`made-${ours}.db`);
    await rm(file, { force: true });
    if (ours) openAdvisoryDatabase(file)[Symbol.dispose]();
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA journal_mode = DELETE; ${sql}`);
    database.close();
    return (await import('node:fs/promises')).readFile(file);
  }
});
