import type { Schema } from './sqlite.ts';

/**
 * Bases by what they are looked up by: chain IDs, digest, repository. A row of `base` is one digest that a tag had on a platform, so the rows
 * of a tag are its history; `record` is JSON of the rest. `pointed`: when a registry was last seen to have the tag point to it. `current`: 1
 * for what the tag points to now. `tag` and `top` are what following a repository needs: what each tag pointed to, what was read.
 */
export const baseSchema: Schema = {
  store: 'bases',
  version: 3,
  tables: ['base', 'chain', 'tag', 'top', 'followed', 'base_revision'],
  create: `
    CREATE TABLE base (
      key INTEGER PRIMARY KEY, repository TEXT NOT NULL, tag TEXT NOT NULL, platform TEXT NOT NULL, digest TEXT NOT NULL, index_digest TEXT,
      created TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, pointed TEXT, gone TEXT, current INTEGER NOT NULL DEFAULT 1,
      record TEXT NOT NULL,
      UNIQUE (repository, tag, platform, digest)
    );
    CREATE INDEX base_digest ON base (digest);
    CREATE INDEX base_index_digest ON base (index_digest);
    CREATE TABLE chain (
      chain_id TEXT NOT NULL, kind INTEGER NOT NULL, base INTEGER NOT NULL, PRIMARY KEY (chain_id, kind, base)
    ) WITHOUT ROWID;
    CREATE TABLE tag (
      repository TEXT NOT NULL, tag TEXT NOT NULL, digest TEXT NOT NULL, etag TEXT, checked TEXT NOT NULL, gone TEXT,
      PRIMARY KEY (repository, tag)
    ) WITHOUT ROWID;
    CREATE TABLE top (
      repository TEXT NOT NULL, digest TEXT NOT NULL, platforms TEXT NOT NULL, manifests TEXT NOT NULL, PRIMARY KEY (repository, digest, platforms)
    ) WITHOUT ROWID;
    CREATE TABLE followed (input TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE base_revision (revision INTEGER NOT NULL);
    INSERT INTO base_revision (revision) VALUES (0);`,
};
