import type { DatabaseSync } from 'node:sqlite';
import type { Digest } from '@plimsoll/model';
import type { BaseFollowing, BaseRecord, FollowedPlace, NewBaseRecord, TagState } from '../base-image/types.ts';
import { baseQueries, baseStatements } from './base-queries.data.ts';
import { inTransaction } from './sqlite.ts';

/** The part of a base index that follows repositories: places, what their tags pointed to, what was read. */
export function createFollowing(
  database: DatabaseSync,
  use: {
    readonly write: (records: readonly NewBaseRecord[], seen: { readonly seen: string; readonly pointed?: string }) => readonly number[];
    readonly bump: () => void;
    readonly toRecord: (row: Record<string, unknown>) => BaseRecord;
  },
): BaseFollowing {
  const followed = database.prepare('SELECT place FROM followed ORDER BY input');
  const follow = database.prepare('INSERT OR REPLACE INTO followed (input, place) VALUES (?, ?)');
  const unfollow = database.prepare('DELETE FROM followed WHERE input = ?');
  const tagsOf = database.prepare(baseQueries.tagsOf);
  const hasTop = database.prepare(baseQueries.hasTop);
  const ofManifest = database.prepare(baseQueries.ofManifest);
  const knownManifest = (repository: string, digest: string) => {
    const row = ofManifest.get(digest, repository);
    return row && use.toRecord(row);
  };
  const putTag = database.prepare(baseStatements.tag);
  const putTop = database.prepare(baseStatements.top);
  const current = database.prepare(baseStatements.current);
  const seen = database.prepare(baseStatements.seen);
  const goneBases = database.prepare(baseStatements.goneBases);
  const goneTag = database.prepare(baseStatements.goneTag);

  return {
    followed: () => followed.all().map(({ place }) => JSON.parse(String(place)) as FollowedPlace),
    follow: (place) => void follow.run(place.input, JSON.stringify(place)),
    unfollow: (input) => void unfollow.run(input),
    tagsOf: (repository) => new Map(tagsOf.all(repository).map((row) => [String(row.tag), toTag(row)])),
    knownTop(repository, digest, platforms) {
      const row = hasTop.get(repository, digest, platforms);
      if (!row) return undefined;
      const records = (JSON.parse(String(row.manifests)) as readonly string[]).map((manifest) => knownManifest(repository, manifest));
      return records.every((record) => record !== undefined) ? records : undefined;
    },
    knownManifest,
    seeTags(repository, tags, { at, platforms }) {
      inTransaction(database, () => {
        for (const { tag, digest, etag, records } of tags) {
          putTag.run(repository, tag, digest, etag ?? null, at, null);
          if (records) putTop.run(repository, digest, platforms, JSON.stringify(records.map((record) => record.digest)));
          if (records && records.length > 0) use.write(records, { seen: at, pointed: at });
          seen.run(repository, tag, digest, at);
          current.run(repository, tag);
        }
        use.bump();
      });
    },
    loseTags(repository, tags, at) {
      if (tags.length === 0) return;
      inTransaction(database, () => {
        for (const tag of tags) {
          goneBases.run(repository, tag, at);
          goneTag.run(repository, tag, at);
        }
        use.bump();
      });
    },
  };
}

function toTag(row: Record<string, unknown>): TagState {
  return {
    tag: String(row.tag),
    digest: String(row.digest) as Digest,
    ...(row.etag !== null && { etag: String(row.etag) }),
    checked: String(row.checked),
    ...(row.gone !== null && { gone: String(row.gone) }),
  };
}
