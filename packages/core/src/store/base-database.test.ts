import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Digest } from '@plimsoll/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toBaseRecord } from '../base-image/record.ts';
import { image } from '../base-image/shared/image.fixture.ts';
import type { NewBaseRecord } from '../base-image/types.ts';
import { sha256 } from '../util/hash.ts';
import { type BaseDatabase, openBaseDatabase } from './base-database.ts';
import { openSqlite } from './sqlite.ts';

const amd64 = { os: 'linux', architecture: 'amd64' };
const record = (name: string, words: readonly string[], change: Partial<NewBaseRecord> = {}): NewBaseRecord => ({
  ...toBaseRecord(image(name, words), { input: 'oci-dir:///x', origin: 'added' }),
  ...change,
});
const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T00:00:00Z`;

let bases: BaseDatabase;
beforeEach(() => {
  bases = openBaseDatabase(':memory:');
  return () => bases[Symbol.dispose]();
});

describe('what a tag points to', () => {
  const old = record('py:3', ['a'], { created: day(1) });
  const young = record('py:3', ['b'], { created: day(2) });

  it('is what a registry saw last, though it was built before', () => {
    bases.add([young], day(3), { pointed: true });
    bases.add([old], day(4), { pointed: true });
    expect(bases.newestOfTag('py', '3', amd64)?.digest).toBe(old.digest);
    expect(bases.byRepository('py', amd64).map(({ digest }) => digest)).toEqual([old.digest, young.digest]);
    expect(bases.historyOfTag('py', '3', amd64).map(({ superseded }) => superseded ?? false)).toEqual([false, true]);
  });

  it('is not changed by an image of that name from a folder', () => {
    bases.add([young], day(3), { pointed: true });
    bases.add([old], day(4));
    expect(bases.newestOfTag('py', '3', amd64)?.digest).toBe(young.digest);
  });

  it('is what was built last where a folder has several, whichever came first', () => {
    bases.add([young], day(3));
    bases.add([old], day(4));
    expect(bases.newestOfTag('py', '3', amd64)?.digest).toBe(young.digest);
  });

  it('is nothing on another platform, or for a name without tag', () => {
    bases.add([young, record('plain', ['c'])], day(3));
    expect(bases.newestOfTag('py', '3', { os: 'linux', architecture: 'arm64' })).toBeUndefined();
    expect(bases.list().every(({ superseded }) => !superseded)).toBe(true);
  });

  it('names of tags that point to it now; else those that did', () => {
    bases.add([old, { ...old, name: 'py:3.0', tag: '3.0' }], day(3), { pointed: true });
    bases.add([young], day(4), { pointed: true });
    expect(bases.aliasesOf(old.digest)).toEqual(['py:3.0']);
    bases.add([{ ...young, name: 'py:3.0', tag: '3.0' }], day(5), { pointed: true });
    expect(bases.aliasesOf(old.digest)).toEqual(['py:3', 'py:3.0']);
  });
});

describe('chain IDs', () => {
  it('are counted in four ways', () => {
    const found = record('py:3', ['a', '(env)', 'b', '(cmd)']);
    bases.add([found], day(1));
    const all = { diff: found.chainId, ...found.chains };
    expect(new Set(Object.values(all)).size).toBe(2); // the fixture stores layers as they are: two ways agree with the other two
    for (const [kind, id] of Object.entries(all)) {
      expect(bases.byChain(kind as 'diff', [id as Digest]).map(({ name }) => name)).toEqual(['py:3']);
    }
    expect(bases.byChain('diff', [all['diff+empty'] as Digest])).toEqual([]);
  });

  it('go with their repository', () => {
    const found = record('py:3', ['a']);
    bases.add([found, record('node:1', ['b'])], day(1));
    const before = bases.fingerprint();
    expect(bases.remove('py')).toBe(1);
    expect(bases.byChainIds([found.chainId as Digest])).toEqual([]);
    expect(bases.list()).toHaveLength(1);
    expect(bases.fingerprint()).not.toBe(before);
  });
});

describe('an index of an older version', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'base-database-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is carried over', () => {
    const file = path.join(folder, 'images.db');
    const { chains: _, ...found } = record('py:3', ['a', 'b']);
    const old = openSqlite(file, {
      store: 'bases',
      version: 2,
      tables: [],
      create: `
        CREATE TABLE base (key INTEGER PRIMARY KEY, repository TEXT, tag TEXT, platform TEXT, digest TEXT, index_digest TEXT, chain_id TEXT,
          first_seen TEXT, last_seen TEXT, record TEXT);
        CREATE TABLE base_revision (revision INTEGER NOT NULL)`,
    });
    old
      .prepare("INSERT INTO base VALUES (1, 'py', '3', 'linux/amd64', ?, NULL, ?, ?, ?, ?)")
      .run(found.digest, found.chainId ?? null, day(1), day(2), JSON.stringify(found));
    old.close();
    using opened = openBaseDatabase(file);
    expect(opened.list()).toEqual([{ ...found, firstSeen: day(1), lastSeen: day(2) }]);
    expect(opened.byChainIds([found.chainId as Digest])).toHaveLength(1);
    expect(opened.newestOfTag('py', '3', amd64)).toBeDefined();
  });
});

describe('what is merged in', () => {
  const found = record('py:3', ['a']);
  const entry = (first: number, last: number, gone?: number) => ({
    kind: 'record' as const,
    record: { ...found, firstSeen: day(first), lastSeen: day(last), ...(gone !== undefined && { gone: day(gone) }) },
  });

  it('keeps the earliest first seen and the latest last seen', () => {
    bases.add([found], day(5));
    bases.restore([entry(2, 3)]);
    expect(bases.list()).toMatchObject([{ firstSeen: day(2), lastSeen: day(5) }]);
    bases.restore([entry(4, 9)]);
    expect(bases.list()).toMatchObject([{ firstSeen: day(2), lastSeen: day(9) }]);
  });

  it('believes who saw a tag last that it is gone', () => {
    bases.add([found], day(5));
    bases.restore([entry(2, 3, 4)]);
    expect(bases.list()[0]).not.toHaveProperty('gone');
    bases.restore([entry(2, 6, 7)]);
    expect(bases.list()).toMatchObject([{ gone: day(7) }]);
    expect(bases.newestOfTag('py', '3', amd64)).toBeUndefined();
    bases.restore([entry(1, 3)]);
    expect(bases.list()).toMatchObject([{ gone: day(7), firstSeen: day(1) }]);
  });

  it('takes what a tag pointed to from who looked last, and keeps places', () => {
    const state = (digest: string, at: number) => ({ tag: '3', digest: sha256(digest), checked: day(at) });
    bases.follow({ input: 'py', tags: ['3'], platforms: [], state: 'done' });
    bases.restore([
      { kind: 'tag', repository: 'py', state: state('a', 5) },
      { kind: 'tag', repository: 'py', state: state('b', 4) },
      { kind: 'place', place: { input: 'py', tags: [], platforms: [], state: 'new' } },
    ]);
    expect(bases.tagsOf('py').get('3')).toMatchObject({ digest: sha256('a') });
    expect(bases.followed()).toMatchObject([{ tags: ['3'] }]);
    expect([...bases.entries()].map(({ kind }) => kind)).toEqual(['place', 'tag']);
  });
});
