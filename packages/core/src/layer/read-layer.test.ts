import { gzipSync, zstdCompressSync } from 'node:zlib';
import { writeTar } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../util/hash.ts';
import { layerLimits } from './limits.ts';
import { readLayer } from './read-layer.ts';

async function* chunks(bytes: Uint8Array, size = 4096): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const tar = writeTar([
  { path: 'lib/apk/db/installed', content: 'P:musl\nV:1.2.4-r1\nA:x86_64\n\n' },
  { path: 'etc/.wh.gone', content: '' },
  { path: 'opt/.wh..wh..opq', content: '' },
  { path: 'app/.wh..wh.plnk', content: '' },
  { path: 'usr/bin/.wh.', content: 'x' },
]);
const read = (stored: Uint8Array, limits?: Parameters<typeof readLayer>[2]) =>
  readLayer(chunks(stored), { digest: sha256(stored), diffId: sha256(tar) }, limits);
const LIMITS = { maxTarBytes: 1e9, maxRatio: 1100, maxEntries: 1000, maxSeconds: 60, maxClaimedBytes: 1e6 };

describe('readLayer', () => {
  it.each([
    ['plain', tar],
    ['gzip', gzipSync(tar)],
    ['zstd', zstdCompressSync(tar)],
    ['zstd of several frames', Buffer.concat([zstdCompressSync(tar.subarray(0, 700)), zstdCompressSync(tar.subarray(700))])],
  ])('reads a layer stored as %s', async (_name, stored) => {
    const facts = await read(stored);
    expect(facts.tarBytes).toBe(tar.length);
    expect(facts.files.map(({ path, findings }) => [path, new Set(findings.map(({ by }) => by))])).toEqual([
      ['lib/apk/db/installed', new Set(['apk'])],
    ]);
  });

  it('reads whiteouts off base names', async () => {
    const { entries } = await read(tar);
    expect(entries.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'file lib/apk/db/installed',
      'whiteout etc/gone',
      'opaque opt',
      'file usr/bin/.wh.',
    ]);
  });

  it('reads a hard link as the file it names, and says where it cannot', async () => {
    const linked = writeTar([
      { path: 'lib/apk/db/installed', content: 'P:musl\nV:1.2.4-r1\nA:x86_64\n\n' },
      { path: 'usr/lib/apk/db/installed', hardlink: 'lib/apk/db/installed' },
      { path: 'var/lib/dpkg/status', hardlink: 'elsewhere' },
    ]);
    const facts = await readLayer(chunks(linked), { digest: sha256(linked), diffId: sha256(linked) });
    expect(facts.files.map(({ path }) => path)).toEqual(['lib/apk/db/installed', 'usr/lib/apk/db/installed']);
    expect(facts.diagnostics).toMatchObject([{ code: 'PACKAGE_FILE_SKIPPED', path: 'var/lib/dpkg/status' }]);
    expect(facts.skippedFiles).toBe(1);
  });

  it.each([
    ['another digest', { digest: sha256('x'), diffId: sha256(tar) }, 'BLOB_DIGEST_MISMATCH'],
    ['another diffID', { digest: sha256(tar), diffId: sha256('x') }, 'LAYER_DIFFID_MISMATCH'],
  ])('refuses %s', async (_name, expected, code) => {
    await expect(readLayer(chunks(tar), expected)).rejects.toMatchObject({ code });
  });

  it.each([
    ['gzip that is cut off', gzipSync(tar).subarray(0, 100), 'LAYER_UNREADABLE'],
    ['a tar that is cut off', tar.subarray(0, 520), 'LAYER_UNREADABLE'],
    ['what is no tar', Buffer.from('#!/bin/sh\n'.repeat(100)), 'LAYER_UNREADABLE'],
  ])('refuses %s', async (_name, stored, code) => {
    await expect(read(stored)).rejects.toMatchObject({ code });
  });

  it.each([
    ['entries', { ...LIMITS, maxEntries: 2 }],
    ['bytes', { ...LIMITS, maxTarBytes: 100 }],
    ['time', { ...LIMITS, maxSeconds: 1e-9 }],
  ])('gives up past the limit of %s', async (_name, limits) => {
    await expect(read(tar, limits)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('gives up on a bomb before it is inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    await expect(
      readLayer(chunks(bomb), { digest: sha256(bomb), diffId: sha256('x') }, { ...LIMITS, maxRatio: 100 }),
    ).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('takes limits from the environment, and refuses what is no number', () => {
    expect(layerLimits({ PLIMSOLL_MAX_LAYER_BYTES: '1e9', PLIMSOLL_MAX_LAYER_RATIO: '' })).toMatchObject({
      maxTarBytes: 1e9,
      maxRatio: 1100,
    });
    expect(() => layerLimits({ PLIMSOLL_MAX_LAYER_ENTRIES: 'many' })).toThrow(/PLIMSOLL_MAX_LAYER_ENTRIES is many/);
  });

  it('tells the first faults of a layer one by one, and counts the rest', async () => {
    const broken = writeTar(Array.from({ length: 250 }, (_, index) => ({ path: `app/node_modules/m${index}/package.json`, content: '{' })));
    const facts = await readLayer(chunks(broken), { digest: sha256(broken), diffId: sha256(broken) });
    expect(facts.diagnostics).toHaveLength(201);
    expect(facts.diagnostics.at(-1)?.message).toBe('50 more files were left out or could not be read');
    expect(facts.unreadableFiles).toBe(250);
  });

  it('says what it left out because of a limit, and reads the rest', async () => {
    const facts = await read(tar, { ...LIMITS, maxClaimedBytes: 3 });
    expect(facts.skippedFiles).toBe(1);
    expect(facts.diagnostics).toMatchObject([{ code: 'PACKAGE_FILE_SKIPPED', path: 'lib/apk/db/installed' }]);
    expect(facts.entries).toHaveLength(4);
  });
});
