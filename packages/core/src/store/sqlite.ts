import { DatabaseSync } from 'node:sqlite';

/** One store's tables in a database file. Several stores may share a file. */
export interface Schema {
  /** Names the store: its version is kept under it. */
  readonly store: string;
  readonly version: number;
  /** Dropped where the version differs: what they hold can be made again. */
  readonly tables: readonly string[];
  /** `CREATE TABLE IF NOT EXISTS ...`. */
  readonly create: string;
  /** Reads from tables of an older version what cannot be made again; what it returns puts that into the new ones. */
  readonly carryOver?: (database: DatabaseSync, version: number) => (() => void) | undefined;
}

/** Opens a database file and sees to a store's tables. Readers are not kept waiting by a writer. */
export function openSqlite(file: string, schema: Schema): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 1073741824');
    database.exec('CREATE TABLE IF NOT EXISTS store_version (store TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID');
    const version = database.prepare('SELECT version FROM store_version WHERE store = ?');
    const isCurrent = () => version.get(schema.store)?.version === schema.version;
    if (isCurrent()) return database;
    inTransaction(database, () => {
      if (isCurrent()) return; // another program was first
      const before = version.get(schema.store)?.version;
      const refill = typeof before === 'number' && before < schema.version ? schema.carryOver?.(database, before) : undefined;
      for (const table of schema.tables) database.exec(`DROP TABLE IF EXISTS ${table}`);
      database.exec(schema.create);
      refill?.();
      database.prepare('INSERT OR REPLACE INTO store_version (store, version) VALUES (?, ?)').run(schema.store, schema.version);
    });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Runs `work` whole or not at all. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
