import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { deflateRawSync } from 'node:zlib';
import type { Advisory, AdvisoryRecord, AdvisorySink } from '../advisory/types.ts';

/**
 * Writes on a connection of its own, opened when it is first needed: what others read meanwhile is the data from before, and a source is
 * replaced whole or not at all.
 */
export function createAdvisoryWriter(open: () => DatabaseSync): AdvisorySink & Disposable {
  let opened: DatabaseSync | undefined;
  const connect = () => {
    opened ??= open();
    return opened;
  };

  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: a connection has one transaction. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };

  const replace: AdvisorySink['replace'] = async (source, state, records) => {
    const database = connect();
    database.exec('BEGIN IMMEDIATE');
    try {
      empty(database, source.id);
      const count = await insertAll(database, source.id, records);
      database
        .prepare(
          'INSERT OR REPLACE INTO source (id, title, license, fingerprint, date, updated, records, error, sample) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)',
        )
        .run(source.id, source.title, source.license, state.fingerprint, state.date ?? null, state.updated, count, source.sample ? 1 : 0);
      database.exec('COMMIT');
      return count;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };

  return {
    replace: (source, state, records) => inTurn(() => replace(source, state, records)),
    fail({ id, title, license }, error) {
      connect()
        .prepare(
          `INSERT INTO source (id, title, license, records, error, sample) VALUES (?, ?, ?, 0, ?, 0)
           ON CONFLICT (id) DO UPDATE SET error = excluded.error`,
        )
        .run(id, title, license, error);
    },
    fingerprintOf(id) {
      const row = connect().prepare('SELECT fingerprint FROM source WHERE id = ? AND error IS NULL').get(id);
      return typeof row?.fingerprint === 'string' ? row.fingerprint : undefined;
    },
    [Symbol.dispose]() {
      opened?.close();
    },
  };
}

function empty(database: DatabaseSync, source: string): void {
  for (const table of ['affected', 'alias']) {
    database.prepare(`DELETE FROM ${table} WHERE advisory IN (SELECT key FROM advisory WHERE source = ?)`).run(source);
  }
  for (const table of ['advisory', 'coverage']) database.prepare(`DELETE FROM ${table} WHERE source = ?`).run(source);
  // Each of these has one source.
  const own = { kev: 'kev', epss: 'epss', endoflife: 'lifecycle' }[source];
  if (own !== undefined) database.exec(`DELETE FROM ${own}`);
}

async function insertAll(database: DatabaseSync, source: string, records: AsyncIterable<AdvisoryRecord>): Promise<number> {
  const insertKev = database.prepare('INSERT OR REPLACE INTO kev (id, data) VALUES (?, ?)');
  const insertEpss = database.prepare('INSERT OR REPLACE INTO epss (id, score, percentile, date) VALUES (?, ?, ?, ?)');
  const insertLifecycle = database.prepare('INSERT OR REPLACE INTO lifecycle (product, cycle, title, ends) VALUES (?, ?, ?, ?)');
  const insertAdvisory = createAdvisoryInserter(database, source);
  let count = 0;
  for await (const record of records) {
    if (record.kind === 'kev') insertKev.run(record.id, JSON.stringify(record.kev));
    else if (record.kind === 'epss') insertEpss.run(record.id, record.epss.score, record.epss.percentile, record.epss.date ?? null);
    else if (record.kind === 'lifecycle') {
      const { product, cycle, title, ends } = record.lifecycle;
      insertLifecycle.run(product, cycle, title, ends);
    } else if (record.advisory.withdrawn) continue;
    else insertAdvisory(record.advisory);
    count += 1;
  }
  return count;
}

/** A source may speak of one id several times (a tracker does, package by package): texts are kept once, packages all. */
function createAdvisoryInserter(database: DatabaseSync, source: string): (advisory: Advisory) => void {
  const advisoryOf = database.prepare('SELECT key FROM advisory WHERE source = ? AND id = ?');
  const insert = database.prepare('INSERT INTO advisory (source, id, body) VALUES (?, ?, ?)');
  const insertAffected = database.prepare('INSERT INTO affected (ecosystem, name, advisory, position, data) VALUES (?, ?, ?, ?, ?)');
  const insertAlias = database.prepare('INSERT OR IGNORE INTO alias (id, advisory) VALUES (?, ?)');
  const insertCoverage = database.prepare('INSERT OR IGNORE INTO coverage (source, ecosystem) VALUES (?, ?)');
  const covered = new Set<string>();
  let position = 0;
  return ({ affected, withdrawn: _, ...body }) => {
    const known = advisoryOf.get(source, body.id)?.key;
    const key = known === undefined ? insertBody(insert, source, body) : Number(known);
    for (const alias of [body.id, ...body.aliases]) insertAlias.run(alias, key);
    for (const entry of affected) {
      insertAffected.run(entry.ecosystem, entry.name, key, position++, JSON.stringify(entry));
      if (covered.has(entry.ecosystem)) continue;
      covered.add(entry.ecosystem);
      insertCoverage.run(source, entry.ecosystem);
    }
  };
}

function insertBody(insert: StatementSync, source: string, body: Omit<Advisory, 'affected' | 'withdrawn'>): number {
  return Number(insert.run(source, body.id, deflateRawSync(JSON.stringify(body))).lastInsertRowid);
}
