import type { Schema } from './sqlite.ts';

/**
 * A narrow table for matching, texts apart: `affected` is all that a look-up touches until a version matches.
 * `body` is deflated JSON of an advisory without its packages.
 */
export const advisorySchema: Schema = {
  store: 'advisories',
  version: 2,
  tables: ['source', 'advisory', 'affected', 'alias', 'coverage', 'kev', 'epss', 'lifecycle'],
  create: `
    CREATE TABLE source (
      id TEXT PRIMARY KEY, title TEXT NOT NULL, license TEXT NOT NULL, fingerprint TEXT, date TEXT, updated TEXT,
      records INTEGER NOT NULL, error TEXT, sample INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE advisory (key INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (source, id));
    CREATE TABLE affected (
      ecosystem TEXT NOT NULL, name TEXT NOT NULL, advisory INTEGER NOT NULL, position INTEGER NOT NULL, data TEXT NOT NULL,
      PRIMARY KEY (ecosystem, name, advisory, position)
    ) WITHOUT ROWID;
    CREATE TABLE alias (id TEXT NOT NULL, advisory INTEGER NOT NULL, PRIMARY KEY (id, advisory)) WITHOUT ROWID;
    CREATE TABLE coverage (source TEXT NOT NULL, ecosystem TEXT NOT NULL, PRIMARY KEY (source, ecosystem)) WITHOUT ROWID;
    CREATE TABLE kev (id TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE epss (id TEXT PRIMARY KEY, score REAL NOT NULL, percentile REAL NOT NULL, date TEXT) WITHOUT ROWID;
    CREATE TABLE lifecycle (product TEXT NOT NULL, cycle TEXT NOT NULL, title TEXT NOT NULL, ends TEXT NOT NULL, PRIMARY KEY (product, cycle)) WITHOUT ROWID;`,
};
