import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Diagnostic } from '@plimsoll/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createContext } from '../../util/context.ts';
import { toBaseRecord } from '../record.ts';
import { image } from '../shared/image.fixture.ts';
import type { BaseExchange, ExchangeEntry } from '../types.ts';
import { exportBases, importBases } from './exchange.ts';

let folder: string;
let kept: ExchangeEntry[];
let diagnostics: Diagnostic[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exchange-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  kept = [];
  diagnostics = [];
});

const at = '2026-01-01T00:00:00.000Z';
const context = () => createContext({ now: () => new Date(at), diagnose: (found) => diagnostics.push(found) });
const found = { ...toBaseRecord(image('py:3', ['a']), { input: 'docker.io/library/py', origin: 'added' }), firstSeen: at, lastSeen: at };
const entries: readonly ExchangeEntry[] = [
  { kind: 'place', place: { input: 'py', tags: ['3.*'], platforms: [found.platform], state: 'done', synced: at } },
  { kind: 'record', record: found, pointed: at },
  { kind: 'tag', repository: 'py', state: { tag: '3', digest: found.digest, checked: at } },
  { kind: 'top', repository: 'py', digest: found.digest, platforms: '', manifests: [found.digest] },
];
const store = (has: readonly ExchangeEntry[] = []): BaseExchange => ({ entries: () => has, restore: (batch) => void kept.push(...batch) });
const header = JSON.stringify({ format: 'plimsoll-bases', version: 1, written: at });
const place = (name: string) => path.join(folder, name);
const write = async (lines: readonly string[]) => {
  await writeFile(place('in.gz'), gzipSync(lines.join('\n')));
  return place('in.gz');
};

describe('a base index as one file', () => {
  it('comes back as it went', async () => {
    const written = await exportBases(place('out.gz'), store(entries), context());
    expect(written).toEqual({ records: 1, places: 1, repositories: 1, skipped: 0 });
    expect(
      gunzipSync(await readFile(place('out.gz')))
        .toString()
        .split('\n')[0],
    ).toBe(header);
    expect(await importBases(place('out.gz'), store(), context())).toEqual(written);
    expect(kept).toEqual(entries);
    expect(diagnostics).toEqual([]);
  });

  it('is not left half written', async () => {
    await expect(exportBases(path.join(folder, 'none/x.gz'), store(entries), context())).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
    });
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each([
    ['no JSON', '{"kind":'],
    ['another kind', '{"kind":"else"}'],
    ['a digest that is none', JSON.stringify({ ...entries[2], repository: 'py', state: { tag: '3', digest: 'sha256:1', checked: at } })],
    ['a record without a name', JSON.stringify({ kind: 'record', record: { ...found, name: undefined } })],
    ['a time that is none', JSON.stringify({ kind: 'record', record: { ...found, firstSeen: 'yesterday' } })],
    ['a line without end', JSON.stringify({ kind: 'record', record: { ...found, name: 'x'.repeat(3_000_000) } })],
  ])('leaves out %s, and takes the rest', async (_, line) => {
    const file = await write([header, line, ...entries.map((entry) => JSON.stringify(entry))]);
    expect(await importBases(file, store(), context())).toMatchObject({ records: 1, skipped: 1 });
    expect(kept).toEqual(entries);
    expect(diagnostics).toMatchObject([{ code: 'LINE_INVALID', message: expect.stringContaining('line 2 of') }]);
  });

  it('tells the first faults one by one, then their number', async () => {
    await importBases(await write([header, ...Array.from({ length: 100 }, () => '{}')]), store(), context());
    expect(diagnostics).toHaveLength(21);
    expect(diagnostics.at(-1)?.message).toContain('100 lines');
  });

  it.each([
    ['another version', [header.replace('1', '2')]],
    ['another file', ['hello']],
    ['nothing', []],
  ])('refuses %s', async (_, lines) => {
    await expect(importBases(await write(lines), store(), context())).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
    expect(kept).toEqual([]);
  });

  it('refuses what is not packed, and what is not there', async () => {
    await writeFile(place('plain'), header);
    await expect(importBases(place('plain'), store(), context())).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
    await expect(importBases(place('none'), store(), context())).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });
});
