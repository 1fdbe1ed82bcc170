import { platformName } from '@plimsoll/model';
import type { BaseIndex, BaseIndexWriter, BaseRecord } from '../base-image/types.ts';
import { baseSchema } from './base-schema.data.ts';
import { inTransaction, openSqlite } from './sqlite.ts';

/** The base index, kept in a database file. */
export type BaseDatabase = BaseIndex & BaseIndexWriter & Disposable;

/** Opens the base index, making it where it is not there. `:memory:` keeps it for this run. */
export function openBaseDatabase(file: string): BaseDatabase {
  const database = openSqlite(file, baseSchema);
  const columns = 'SELECT b.record, b.first_seen, b.last_seen FROM';
  const byChain = database.prepare(`${columns} json_each(?) k JOIN base b ON b.chain_id = k.value ORDER BY b.key`);
  const byDigest = database.prepare(`${columns} base b WHERE b.digest = ?1 OR b.index_digest = ?1 ORDER BY b.key`);
  const byRepository = database.prepare(`${columns} base b WHERE b.repository = ? AND b.platform = ? ORDER BY b.key`);
  const all = database.prepare(`${columns} base b ORDER BY b.repository, b.tag, b.platform, b.key`);
  const insert = database.prepare(`
    INSERT INTO base (repository, tag, platform, digest, index_digest, chain_id, first_seen, last_seen, record) VALUES (?, ?, ?, ?, ?, ?, ?7, ?7, ?8)
    ON CONFLICT (repository, tag, platform, digest) DO UPDATE SET
      last_seen = max(last_seen, excluded.last_seen),
      record = CASE WHEN json_extract(record, '$.origin') = 'added' AND json_extract(excluded.record, '$.origin') <> 'added'
               THEN record ELSE excluded.record END`);
  const removeOf = database.prepare('DELETE FROM base WHERE repository = ?');
  const bump = database.prepare('UPDATE base_revision SET revision = revision + 1');
  const revision = database.prepare('SELECT revision FROM base_revision');

  return {
    byChainIds: (chainIds) => byChain.all(JSON.stringify(chainIds)).map(toRecord),
    byDigest: (digest) => byDigest.all(digest).map(toRecord),
    byRepository: (repository, platform) => byRepository.all(repository, platformName(platform)).map(toRecord).sort(byAge),
    list: () => all.all().map(toRecord),
    fingerprint: () => String(revision.get()?.revision ?? 0),
    add(records, seen) {
      inTransaction(database, () => {
        for (const record of records) {
          const { repository, tag, platform, digest, indexDigest, chainId } = record;
          insert.run(repository, tag, platformName(platform), digest, indexDigest ?? null, chainId ?? null, seen, JSON.stringify(record));
        }
        bump.run();
      });
    },
    remove(repository) {
      const { changes } = removeOf.run(repository);
      if (changes) bump.run();
      return Number(changes);
    },
    [Symbol.dispose]: () => database.close(),
  };
}

function toRecord(row: Record<string, unknown>): BaseRecord {
  const record = JSON.parse(String(row.record)) as Omit<BaseRecord, 'firstSeen' | 'lastSeen'>;
  return { ...record, firstSeen: String(row.first_seen), lastSeen: String(row.last_seen) };
}

/** Newest first; what has no date by when it was last seen. */
function byAge(a: BaseRecord, b: BaseRecord): number {
  const x = a.created ?? a.lastSeen;
  const y = b.created ?? b.lastSeen;
  return x < y ? 1 : x > y ? -1 : a.digest < b.digest ? -1 : 1;
}
