import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { writeTar } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf, jsonFiles, streamDocument } from './documents.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-documents-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function document(bytes: Uint8Array) {
  const file = path.join(folder, 'document');
  await writeFile(file, bytes);
  return { name: 'archive.tar.zst', file };
}
async function read(bytes: Uint8Array, limit = 1000) {
  const found: (readonly [string, string])[] = [];
  for await (const { name, read: content } of jsonFiles(await document(bytes), limit)) {
    found.push([
      name,
      await content().then(
        (text) => Buffer.from(text).toString(),
        (error: { readonly code: string }) => error.code,
      ),
    ]);
  }
  return found;
}

const tar = writeTar([
  { path: 'README', content: 'no document' },
  { path: '2024/', content: '' },
  { path: '2024/a.json', content: '{"a":1}' },
  { path: '2024/b.json', content: `{"b":"${'x'.repeat(2000)}"}` },
  { path: '2025/c.json', content: '{"c":3}' },
]);
const expected = [
  ['2024/a.json', '{"a":1}'],
  ['2024/b.json', 'LIMIT_EXCEEDED'],
  ['2025/c.json', '{"c":3}'],
];

describe('a tar of JSON files', () => {
  it.each([
    ['plain', (bytes: Uint8Array) => bytes],
    ['zstd', (bytes: Uint8Array) => zstdCompressSync(bytes)],
    ['gzip', (bytes: Uint8Array) => gzipSync(bytes)],
  ])('is read file by file, %s', async (_name, pack) => {
    expect(await read(pack(tar))).toEqual(expected);
  });

  it('is recognised by its first JSON file', async () => {
    const { name, head } = await headOf(await document(zstdCompressSync(tar)));
    expect([name, Buffer.from(head).toString()]).toEqual(['2024/a.json', '{"a":1}']);
  });

  it('that is cut short is said', async () => {
    const cut = zstdCompressSync(tar).subarray(0, 60);
    expect(await read(cut)).toEqual([['archive.tar.zst', 'ADVISORY_UNREADABLE']]);
    expect((await headOf(await document(cut))).head).toHaveLength(0);
  });

  it('that is of a broken packing is said', async () => {
    const broken = Buffer.concat([zstdCompressSync(tar.subarray(0, 2048)), Buffer.from([1, 2, 3, 4])]);
    await expect(read(broken)).rejects.toMatchObject({ code: 'ADVISORY_UNREADABLE' });
  });

  it('that stops within a file is said', async () => {
    await expect(read(tar.subarray(0, 2000))).rejects.toMatchObject({ code: 'TAR_INVALID' });
  });
});

describe('a document that unpacks to more than it may', () => {
  it('ends there', async () => {
    const given = await document(gzipSync(Buffer.alloc(5_000_000)));
    let size = 0;
    const reading = (async () => {
      for await (const chunk of streamDocument(given, 3_000_000)) size += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(size).toBeLessThanOrEqual(3_000_000);
  });
});
