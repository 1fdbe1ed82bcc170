import type { DatabaseSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import type { AdvisorySourceStatus, Epss, Kev } from '@plimsoll/model';
import { advisorySources } from '../advisory/registry.ts';
import type { Advisory, AdvisoryLookup, AdvisorySink, AffectedPackage, FoundAdvisory, LifecycleRecord } from '../advisory/types.ts';
import { AppError, messageOf } from '../util/errors.ts';
import { advisorySchema } from './advisory-schema.data.ts';
import { createAdvisoryWriter } from './advisory-writer.ts';
import { openSqlite } from './sqlite.ts';

/** What is known of vulnerabilities, on this machine. */
export type AdvisoryDatabase = AdvisoryLookup & AdvisorySink & Disposable;

type Body = FoundAdvisory['advisory'];

/** Opens the advisory database, making it where it is not there. It and its look-ups throw `ADVISORY_DATABASE_UNREADABLE`. */
export function openAdvisoryDatabase(file: string): AdvisoryDatabase {
  const open = () => reading(file, () => openSqlite(file, advisorySchema));
  const database = open();
  const writer = createAdvisoryWriter(open);
  const lookup = reading(file, () => createLookup(database));
  return {
    find: (keys) => reading(file, () => lookup.find(keys)),
    byIds: (ids) => reading(file, () => lookup.byIds(ids)),
    kev: (ids) => reading(file, () => lookup.kev(ids)),
    epss: (ids) => reading(file, () => lookup.epss(ids)),
    lifecycles: (product) => reading(file, () => lookup.lifecycles(product)),
    covers: (ecosystem) => reading(file, () => lookup.covers(ecosystem)),
    status: () => reading(file, () => lookup.status()),
    fingerprint: () => reading(file, () => lookup.fingerprint()),
    ...writer,
    [Symbol.dispose]() {
      writer[Symbol.dispose]();
      database.close();
    },
  };
}

function createLookup(database: DatabaseSync): AdvisoryLookup {
  const find = database.prepare(`
    SELECT k.key AS position, a.key AS key, a.source AS source, a.id AS id, f.data AS data
    FROM json_each(?) k
    JOIN affected f ON f.ecosystem = k.value ->> 0 AND f.name = k.value ->> 1
    JOIN advisory a ON a.key = f.advisory
    ORDER BY k.key, a.source, a.id, f.position`);
  const bodyOf = database.prepare('SELECT body FROM advisory WHERE key = ? AND source = ?');
  const byAlias = database.prepare(`
    SELECT k.value AS wanted, a.key AS key, a.source AS source
    FROM json_each(?) k JOIN alias l ON l.id = k.value JOIN advisory a ON a.key = l.advisory
    ORDER BY k.key, a.source, a.id`);
  const kevOf = database.prepare('SELECT e.id, e.data FROM json_each(?) k JOIN kev e ON e.id = k.value');
  const epssOf = database.prepare('SELECT e.* FROM json_each(?) k JOIN epss e ON e.id = k.value');
  const lifecycleOf = database.prepare('SELECT product, cycle, title, ends FROM lifecycle WHERE product = ? ORDER BY cycle');
  const coverage = database.prepare('SELECT 1 FROM coverage WHERE ecosystem = ? LIMIT 1');

  /** Undefined where another program replaced the source since the advisory was found. */
  const readBody = (key: number, source: string, id?: string): Body | undefined => {
    const row = bodyOf.get(key, source);
    if (!row) return undefined;
    const body = JSON.parse(inflateRawSync(row.body as Uint8Array).toString()) as Body;
    return id === undefined || body.id === id ? body : undefined;
  };

  return {
    find(keys) {
      const found: FoundAdvisory[][] = keys.map(() => []);
      const rows = find.all(JSON.stringify(keys.map(({ ecosystem, name }) => [ecosystem, name]))) as unknown as readonly FindRow[];
      for (const { position, key, source, id, data } of rows) {
        found[position]?.push(toFound(source, id, data, () => readBody(key, source, id)));
      }
      return found;
    },
    byIds(ids) {
      const found = new Map<string, { readonly source: string; readonly advisory: Body }[]>();
      for (const { wanted, key, source } of byAlias.all(JSON.stringify(ids)) as unknown as readonly AliasRow[]) {
        const advisory = readBody(key, source);
        if (advisory) found.set(wanted, [...(found.get(wanted) ?? []), { source, advisory }]);
      }
      return found;
    },
    kev(ids) {
      const rows = kevOf.all(JSON.stringify(ids)) as unknown as readonly { readonly id: string; readonly data: string }[];
      return new Map(rows.map(({ id, data }) => [id, JSON.parse(data) as Kev]));
    },
    epss(ids) {
      const rows = epssOf.all(JSON.stringify(ids)) as unknown as readonly (Epss & { readonly id: string; readonly date: string | null })[];
      return new Map(rows.map(({ id, score, percentile, date }) => [id, { score, percentile, ...(date && { date }) }]));
    },
    lifecycles: (product) => lifecycleOf.all(product) as unknown as readonly LifecycleRecord[],
    covers: (ecosystem) => coverage.get(ecosystem) !== undefined,
    status: () => advisorySources.map((source) => statusOf(database, source)),
    fingerprint() {
      const rows = database.prepare('SELECT id, fingerprint, error FROM source ORDER BY id').all();
      return rows.map(({ id, fingerprint, error }) => `${id}=${fingerprint ?? ''}${error ? '!' : ''}`).join(',');
    },
  };
}

interface FindRow {
  readonly position: number;
  readonly key: number;
  readonly source: string;
  readonly id: string;
  readonly data: string;
}

interface AliasRow {
  readonly wanted: string;
  readonly key: number;
  readonly source: string;
}

/** The text of an advisory is read when it is first asked for: most of what is found does not match. */
function toFound(source: string, id: string, data: string, read: () => Body | undefined): FoundAdvisory {
  let body: Body | undefined;
  return {
    source,
    id,
    affected: JSON.parse(data) as AffectedPackage,
    get advisory(): Omit<Advisory, 'affected' | 'withdrawn'> {
      body ??= read() ?? { id, aliases: [], opinions: [], cwes: [], references: [] };
      return body;
    },
  };
}

function statusOf(database: DatabaseSync, { id, title, license }: (typeof advisorySources)[number]): AdvisorySourceStatus {
  const row = database.prepare('SELECT * FROM source WHERE id = ?').get(id) as SourceRow | undefined;
  const rows = database.prepare('SELECT ecosystem FROM coverage WHERE source = ? ORDER BY ecosystem').all(id);
  return {
    id,
    title,
    license,
    state: row?.error ? 'failed' : row?.fingerprint ? 'ready' : 'empty',
    records: row?.records ?? 0,
    ecosystems: rows.map(({ ecosystem }) => String(ecosystem)),
    sample: row?.sample === 1,
    ...((row?.date ?? row?.updated) && { date: row?.date ?? row?.updated ?? '' }),
    ...(row?.updated && { updated: row.updated }),
    ...(row?.error && { error: row.error }),
    ...(row?.fingerprint && { fingerprint: row.fingerprint }),
  };
}

interface SourceRow {
  readonly fingerprint: string | null;
  readonly date: string | null;
  readonly updated: string | null;
  readonly records: number;
  readonly error: string | null;
  readonly sample: number;
}

function reading<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw new AppError('ADVISORY_DATABASE_UNREADABLE', `the advisory database ${file} cannot be read: ${messageOf(cause)}`, {
      cause,
      hint: 'remove the file and run plimsoll advisories update',
    });
  }
}
