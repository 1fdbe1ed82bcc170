import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { AppError, isAppError, messageOf } from '../util/errors.ts';
import { advisorySchema } from './advisory-schema.data.ts';
import { inTransaction, openSqlite } from './sqlite.ts';

/** How much was carried. */
export interface CarriedAdvisories {
  readonly sources: number;
  readonly records: number;
}

/** Bytes that an exported database may inflate to. */
const MAX_BYTES = 32 * 1024 ** 3;

/** Writes the advisory database `from` to one file, gzip. Throws `OUTPUT_UNWRITABLE`. */
export async function exportAdvisories(from: string, to: string): Promise<CarriedAdvisories> {
  const copy = `${to}.copy`;
  const unfinished = `${to}.part`;
  try {
    await rm(copy, { force: true });
    using database = openSqlite(from, advisorySchema);
    database.prepare('VACUUM INTO ?').run(copy);
    await pipeline(createReadStream(copy), createGzip(), createWriteStream(unfinished));
    await rename(unfinished, to);
    return countOf(database);
  } catch (cause) {
    await rm(unfinished, { force: true });
    if (isAppError(cause)) throw cause;
    throw new AppError('OUTPUT_UNWRITABLE', `${to} cannot be written: ${messageOf(cause)}`, { cause });
  } finally {
    await rm(copy, { force: true });
  }
}

/**
 * Puts an exported database in place of what `into` holds, whole or not at all. Only tables of our own shape are read.
 * Throws `ADVISORY_FORMAT_UNKNOWN` for what is no exported database, or one of another version.
 */
export async function importAdvisories(from: string, into: string): Promise<CarriedAdvisories> {
  if (!existsSync(from)) throw new AppError('ADVISORY_FORMAT_UNKNOWN', `there is no file ${from}`);
  const copy = `${into}.import`;
  try {
    await inflate(from, copy);
    check(copy);
    using database = openSqlite(into, advisorySchema);
    database.prepare('ATTACH ? AS incoming').run(copy);
    inTransaction(database, () => {
      for (const table of advisorySchema.tables) {
        database.exec(`DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM incoming.${table}`);
      }
    });
    return countOf(database);
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw new AppError('ADVISORY_FORMAT_UNKNOWN', `${from} is no exported advisory database: ${messageOf(cause)}`, {
      cause,
      hint: 'give a file that `advisories export` of this version wrote; feeds are taken with `advisories update --from`',
    });
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) await rm(`${copy}${ending}`, { force: true });
  }
}

async function inflate(from: string, to: string): Promise<void> {
  let bytes = 0;
  await pipeline(
    createReadStream(from),
    createGunzip(),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > MAX_BYTES) throw new AppError('LIMIT_EXCEEDED', `${from} inflates to more than ${MAX_BYTES} bytes`);
        yield chunk;
      }
    },
    createWriteStream(to),
  );
}

/** The file is somebody's: it may hold tables of ours and nothing else, no views and no triggers. */
function check(file: string): void {
  using database = new DatabaseSync(file, { readOnly: true });
  const found = database.prepare('SELECT version FROM store_version WHERE store = ?').get(advisorySchema.store);
  if (found?.version !== advisorySchema.version) throw new Error('it is of another version');
  const shape = (of: DatabaseSync) =>
    of
      .prepare("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name")
      .all()
      .map((row) => JSON.stringify(row));
  using own = openSqlite(':memory:', advisorySchema);
  const expected = new Set(shape(own));
  if (shape(database).some((row) => !expected.has(row)) || shape(database).length !== expected.size)
    throw new Error('its tables are not ours');
  const [state] = database.prepare('PRAGMA quick_check(1)').all();
  if (Object.values(state ?? {})[0] !== 'ok') throw new Error('it is damaged');
}

function countOf(database: DatabaseSync): CarriedAdvisories {
  const row = database.prepare('SELECT count(*) AS sources, coalesce(sum(records), 0) AS records FROM source WHERE records > 0').get();
  return { sources: Number(row?.sources), records: Number(row?.records) };
}
