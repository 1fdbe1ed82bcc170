const columns = 'SELECT b.record, b.first_seen, b.last_seen, b.pointed, b.gone, b.current';
const byChain = `${columns} FROM json_each(?) k CROSS JOIN chain c ON c.chain_id = k.value AND c.kind = ? CROSS JOIN base b ON b.key = c.base ORDER BY b.key`;
/** What a registry saw last, else what was built last. */
const newestFirst = `n.pointed DESC, CASE WHEN n.pointed IS NULL THEN '' ELSE n.first_seen END DESC, coalesce(n.created, n.last_seen) DESC, n.digest`;

/** What is asked of the tables of a base index. Each goes through an index: a test reads the plans. */
export const baseQueries = {
  byChain,
  byDigest: `${columns} FROM base b WHERE b.digest = ?1 OR b.index_digest = ?1 ORDER BY b.key`,
  byManifest: `${columns} FROM base b WHERE b.digest = ? ORDER BY b.key`,
  ofManifest: `${columns} FROM base b WHERE b.digest = ? AND b.repository = ? ORDER BY b.key LIMIT 1`,
  byRepository: `${columns} FROM base b WHERE b.repository = ? AND b.platform = ? AND b.gone IS NULL ORDER BY b.key`,
  historyOfTag: `${columns} FROM base b WHERE b.repository = ? AND b.tag = ? AND b.platform = ? ORDER BY b.current DESC, b.last_seen DESC, b.key DESC`,
  newestOfTag: `${columns} FROM base b WHERE b.repository = ? AND b.tag = ? AND b.platform = ? AND b.current = 1 AND b.gone IS NULL`,
  tagsOf: 'SELECT tag, digest, etag, checked, gone FROM tag WHERE repository = ?',
  hasTop: 'SELECT manifests FROM top WHERE repository = ? AND digest = ? AND platforms = ?',
} as const;

/** Every record, in an order that does not change. */
export const allBases = `${columns} FROM base b ORDER BY b.repository, b.tag, b.platform, b.key`;

/** What is written to them. */
export const baseStatements = {
  insert: `
    INSERT INTO base (repository, tag, platform, digest, index_digest, created, first_seen, last_seen, pointed, record)
    VALUES (?, ?, ?, ?, ?, ?, ?7, ?7, ?8, ?9)
    ON CONFLICT (repository, tag, platform, digest) DO UPDATE SET
      last_seen = max(last_seen, excluded.last_seen), pointed = coalesce(max(pointed, excluded.pointed), excluded.pointed, pointed),
      gone = NULL, index_digest = coalesce(excluded.index_digest, index_digest),
      record = CASE WHEN json_extract(record, '$.origin') = 'added' AND json_extract(excluded.record, '$.origin') <> 'added'
               THEN record ELSE excluded.record END
    RETURNING key`,
  chain: 'INSERT OR IGNORE INTO chain (chain_id, kind, base) VALUES (?, ?, ?)',
  current: `
    UPDATE base SET current = tag = '' OR key IS (
      SELECT n.key FROM base n WHERE n.repository = base.repository AND n.tag = base.tag AND n.platform = base.platform AND n.gone IS NULL
      ORDER BY ${newestFirst} LIMIT 1)
    WHERE repository = ? AND tag = ?`,
  tag: 'INSERT OR REPLACE INTO tag (repository, tag, digest, etag, checked, gone) VALUES (?, ?, ?, ?, ?, ?)',
  top: 'INSERT OR REPLACE INTO top (repository, digest, platforms, manifests) VALUES (?, ?, ?, ?)',
  seen: `
    UPDATE base SET last_seen = max(last_seen, ?4), pointed = max(coalesce(pointed, ''), ?4), gone = NULL
    WHERE repository = ?1 AND tag = ?2 AND (digest = ?3 OR index_digest = ?3)`,
  goneBases: 'UPDATE base SET gone = ?3, current = 0 WHERE repository = ?1 AND tag = ?2 AND gone IS NULL',
  goneTag: 'UPDATE tag SET gone = ?3 WHERE repository = ?1 AND tag = ?2 AND gone IS NULL',
  /** Of a record that comes from elsewhere: when it was first seen, and since when its tag is gone. */
  times: 'UPDATE base SET first_seen = min(first_seen, ?2), gone = ?3 WHERE key = ?1',
  mergeTag: `
    INSERT INTO tag (repository, tag, digest, etag, checked, gone) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (repository, tag) DO UPDATE SET digest = excluded.digest, etag = excluded.etag, checked = excluded.checked, gone = excluded.gone
    WHERE excluded.checked > checked`,
} as const;
