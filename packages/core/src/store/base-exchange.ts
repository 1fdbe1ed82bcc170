import type { DatabaseSync } from 'node:sqlite';
import { type Digest, platformName } from '@plimsoll/model';
import type { BaseExchange, BaseRecord, ExchangeEntry, FollowedPlace, NewBaseRecord } from '../base-image/types.ts';
import { allBases, baseStatements } from './base-queries.data.ts';
import { inTransaction } from './sqlite.ts';

/** The part of a base index that is carried elsewhere and merged there. */
export function createExchange(
  database: DatabaseSync,
  use: {
    readonly write: (records: readonly NewBaseRecord[], seen: { readonly seen: string; readonly pointed?: string }) => readonly number[];
    readonly bump: () => void;
    readonly toRecord: (row: Record<string, unknown>) => BaseRecord;
  },
): BaseExchange {
  const places = database.prepare('SELECT place FROM followed ORDER BY input');
  const tags = database.prepare('SELECT repository, tag, digest, etag, checked, gone FROM tag ORDER BY repository, tag');
  const tops = database.prepare('SELECT repository, digest, platforms, manifests FROM top ORDER BY repository, digest, platforms');
  const bases = database.prepare(allBases);
  const place = database.prepare('INSERT OR IGNORE INTO followed (input, place) VALUES (?, ?)');
  const tag = database.prepare(baseStatements.mergeTag);
  const top = database.prepare(baseStatements.top);
  const before = database.prepare('SELECT last_seen, gone FROM base WHERE repository = ? AND tag = ? AND platform = ? AND digest = ?');
  const times = database.prepare(baseStatements.times);
  const current = database.prepare(baseStatements.current);

  return {
    *entries() {
      for (const row of places.iterate()) yield { kind: 'place', place: JSON.parse(String(row.place)) as FollowedPlace };
      for (const row of bases.iterate()) {
        yield { kind: 'record', record: use.toRecord(row), ...(row.pointed !== null && { pointed: String(row.pointed) }) };
      }
      for (const row of tags.iterate()) yield toTagEntry(row);
      for (const row of tops.iterate()) {
        const { repository, digest, platforms, manifests } = row;
        yield {
          kind: 'top',
          repository: String(repository),
          digest: String(digest) as Digest,
          platforms: String(platforms),
          manifests: JSON.parse(String(manifests)) as readonly Digest[],
        };
      }
    },
    restore(entries) {
      inTransaction(database, () => {
        for (const entry of entries) put(entry);
        use.bump();
      });
    },
  };

  function put(entry: ExchangeEntry): void {
    switch (entry.kind) {
      case 'place':
        place.run(entry.place.input, JSON.stringify(entry.place));
        return;
      case 'tag': {
        const { digest, etag, checked, gone } = entry.state;
        tag.run(entry.repository, entry.state.tag, digest, etag ?? null, checked, gone ?? null);
        return;
      }
      case 'top':
        top.run(entry.repository, entry.digest, entry.platforms, JSON.stringify(entry.manifests));
        return;
      default:
        putRecord(entry);
    }
  }

  function putRecord({ record, pointed }: Extract<ExchangeEntry, { readonly kind: 'record' }>): void {
    const { firstSeen, lastSeen, gone, superseded: _, ...rest } = record;
    const known = before.get(rest.repository, rest.tag, platformName(rest.platform), rest.digest);
    const end = known && String(known.last_seen) > lastSeen ? known.gone : gone;
    const [key] = use.write([rest], { seen: lastSeen, ...(pointed !== undefined && { pointed }) });
    times.run(key ?? null, firstSeen, end === undefined || end === null ? null : String(end));
    current.run(rest.repository, rest.tag);
  }
}

function toTagEntry(row: Record<string, unknown>): ExchangeEntry {
  return {
    kind: 'tag',
    repository: String(row.repository),
    state: {
      tag: String(row.tag),
      digest: String(row.digest) as Digest,
      ...(row.etag !== null && { etag: String(row.etag) }),
      checked: String(row.checked),
      ...(row.gone !== null && { gone: String(row.gone) }),
    },
  };
}
