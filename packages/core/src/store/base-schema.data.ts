import type { Schema } from './sqlite.ts';

/** Bases by what they are looked up by: the final chain ID, the digest, the repository. `record` is JSON of the rest. */
export const baseSchema: Schema = {
  store: 'bases',
  version: 2,
  tables: ['base', 'base_revision'],
  create: `
    CREATE TABLE base (
      key INTEGER PRIMARY KEY, repository TEXT NOT NULL, tag TEXT NOT NULL, platform TEXT NOT NULL, digest TEXT NOT NULL, index_digest TEXT,
      chain_id TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, record TEXT NOT NULL,
      UNIQUE (repository, tag, platform, digest)
    );
    CREATE INDEX base_chain_id ON base (chain_id);
    CREATE INDEX base_digest ON base (digest);
    CREATE INDEX base_index_digest ON base (index_digest);
    CREATE TABLE base_revision (revision INTEGER NOT NULL);
    INSERT INTO base_revision (revision) VALUES (0);`,
};
