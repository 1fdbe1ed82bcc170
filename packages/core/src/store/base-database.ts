import type { DatabaseSync } from 'node:sqlite';
import { platformName } from '@plimsoll/model';
import {
  type BaseExchange,
  type BaseFollowing,
  type BaseIndex,
  type BaseIndexWriter,
  type BaseRecord,
  type ChainKind,
  chainKinds,
  type NewBaseRecord,
} from '../base-image/types.ts';
import { createExchange } from './base-exchange.ts';
import { createFollowing } from './base-following.ts';
import { allBases, baseQueries, baseStatements } from './base-queries.data.ts';
import { baseSchema } from './base-schema.data.ts';
import { inTransaction, openSqlite } from './sqlite.ts';

/** The base index, kept in a database file. */
export type BaseDatabase = BaseIndex & BaseIndexWriter & BaseFollowing & BaseExchange & Disposable;

/** Opens the base index, making it where it is not there; records of an older version are carried over. `:memory:` keeps it for this run. */
export function openBaseDatabase(file: string): BaseDatabase {
  const database = openSqlite(file, { ...baseSchema, carryOver: (old) => carryOver(old) });
  const ask = Object.fromEntries(Object.entries(baseQueries).map(([name, sql]) => [name, database.prepare(sql)])) as {
    readonly [Name in keyof typeof baseQueries]: ReturnType<DatabaseSync['prepare']>;
  };
  const all = database.prepare(allBases);
  const bump = database.prepare('UPDATE base_revision SET revision = revision + 1');
  const revision = database.prepare('SELECT revision FROM base_revision');
  const write = createWriter(database);
  const byChain = (kind: ChainKind, chainIds: readonly string[]) =>
    ask.byChain.all(JSON.stringify(chainIds), chainKinds.indexOf(kind)).map(toRecord);

  return {
    byChain,
    byChainIds: (chainIds) => byChain('diff', chainIds),
    byDigest: (digest) => ask.byDigest.all(digest).map(toRecord),
    byRepository: (repository, platform) => ask.byRepository.all(repository, platformName(platform)).map(toRecord).sort(byAge),
    historyOfTag: (repository, tag, platform) => ask.historyOfTag.all(repository, tag, platformName(platform)).map(toRecord),
    newestOfTag(repository, tag, platform) {
      const row = ask.newestOfTag.get(repository, tag, platformName(platform));
      return row && toRecord(row);
    },
    aliasesOf(digest) {
      const records = ask.byManifest.all(digest).map(toRecord);
      const now = records.filter(({ superseded, gone }) => !superseded && gone === undefined);
      return [...new Set((now.length > 0 ? now : records).map(({ name }) => name))].sort();
    },
    list: () => all.all().map(toRecord),
    fingerprint: () => String(revision.get()?.revision ?? 0),
    add(records, seen, { pointed = false } = {}) {
      inTransaction(database, () => {
        write(records, { seen, ...(pointed && { pointed: seen }) });
        bump.run();
      });
    },
    remove(repository) {
      return inTransaction(database, () => {
        database.prepare('DELETE FROM chain WHERE base IN (SELECT key FROM base WHERE repository = ?)').run(repository);
        for (const table of ['tag', 'top']) database.prepare(`DELETE FROM ${table} WHERE repository = ?`).run(repository);
        database.prepare('DELETE FROM followed WHERE input = ?').run(repository);
        const { changes } = database.prepare('DELETE FROM base WHERE repository = ?').run(repository);
        bump.run();
        return Number(changes);
      });
    },
    ...createFollowing(database, { write, bump: () => void bump.run(), toRecord }),
    ...createExchange(database, { write, bump: () => void bump.run(), toRecord }),
    [Symbol.dispose]: () => database.close(),
  };
}

/** When records were seen, and when tags were seen to point to them. */
export interface Seen {
  readonly seen: string;
  readonly pointed?: string;
}

/** Writes records with their chain IDs and tells which of each tag is current; returns their keys. Inside a transaction of the caller. */
function createWriter(database: DatabaseSync) {
  const insert = database.prepare(baseStatements.insert);
  const chain = database.prepare(baseStatements.chain);
  const current = database.prepare(baseStatements.current);
  return (records: readonly NewBaseRecord[], { seen, pointed }: Seen): readonly number[] => {
    const keys: number[] = [];
    const tags = new Map<string, readonly [string, string]>();
    for (const record of records) {
      const { repository, tag, digest, indexDigest, created, chainId, chains } = record;
      const place = [repository, tag, platformName(record.platform), digest] as const;
      const row = insert.get(...place, indexDigest ?? null, created ?? null, seen, pointed ?? null, JSON.stringify(record));
      const key = Number(row?.key);
      keys.push(key);
      for (const [kind, name] of chainKinds.entries()) {
        const id = name === 'diff' ? chainId : chains?.[name];
        if (id) chain.run(id, kind, key);
      }
      tags.set(`${repository} ${tag}`, [repository, tag]);
    }
    for (const [repository, tag] of tags.values()) current.run(repository, tag);
    return keys;
  };
}

/** Version 2 kept the same records with the one chain ID. */
function carryOver(old: DatabaseSync): (() => void) | undefined {
  const rows = old.prepare('SELECT record, first_seen, last_seen FROM base ORDER BY key').all();
  return () => {
    const write = createWriter(old);
    const times = old.prepare(baseStatements.times);
    for (const { record, first_seen: first, last_seen: last } of rows) {
      const [key] = write([JSON.parse(String(record)) as NewBaseRecord], { seen: String(last) });
      times.run(key ?? null, String(first), null);
    }
  };
}

function toRecord(row: Record<string, unknown>): BaseRecord {
  const record = JSON.parse(String(row.record)) as NewBaseRecord;
  const gone = row.gone === null ? {} : { gone: String(row.gone) };
  const superseded = row.current === 0 && row.gone === null ? { superseded: true } : {};
  return { ...record, firstSeen: String(row.first_seen), lastSeen: String(row.last_seen), ...superseded, ...gone };
}

/** What tags point to now first, then newest first; what has no date by when it was last seen. */
function byAge(a: BaseRecord, b: BaseRecord): number {
  const x = a.created ?? a.lastSeen;
  const y = b.created ?? b.lastSeen;
  return Number(a.superseded ?? false) - Number(b.superseded ?? false) || (x < y ? 1 : x > y ? -1 : a.digest < b.digest ? -1 : 1);
}
