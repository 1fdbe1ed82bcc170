import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipOf } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zippedFiles } from './zip.ts';

describe('zippedFiles', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-zip-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function write(bytes: Uint8Array): Promise<string> {
    const file = path.join(folder, 'a.zip');
    await writeFile(file, bytes);
    return file;
  }
  const textsOf = (file: string, limit = 1000) =>
    Array.from(zippedFiles(file), ({ name, read }) => [name, Buffer.from(read(limit)).toString()]);

  it('gives each file in its order, folders left out', async () => {
    const file = await write(zipOf({ 'b/': '', 'b/one.json': 'one', 'ä.json': '', 'a.json': 'x'.repeat(900) }));
    expect(textsOf(file)).toEqual([
      ['b/one.json', 'one'],
      ['ä.json', ''],
      ['a.json', 'x'.repeat(900)],
    ]);
  });

  it('inflates no more than it may', async () => {
    const file = await write(zipOf({ 'bomb.json': new Uint8Array(50_000_000) }));
    expect(() => textsOf(file, 1_000_000)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  it('inflates no more than it may, whatever the directory says of the size', async () => {
    const bytes = Buffer.from(zipOf({ 'bomb.json': new Uint8Array(50_000_000) }));
    for (let at = bytes.indexOf('PK\x01\x02'); at !== -1; at = bytes.indexOf('PK\x01\x02', at + 1)) bytes.writeUInt32LE(10, at + 24);
    const file = await write(bytes);
    expect(() => textsOf(file, 1_000_000)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(LIMIT_EXCEEDED|ARCHIVE_UNREADABLE)$/) }),
    );
  });

  it.each([
    ['nothing', () => new Uint8Array(0)],
    ['no zip', () => new Uint8Array(1000).fill(80)],
    ['one cut off', () => zipOf({ 'a.json': 'a'.repeat(1000) }).subarray(0, 60)],
    ['one whose directory lies elsewhere', () => breakAt('PK\x05\x06', 16)],
    ['one whose file lies elsewhere', () => breakAt('PK\x01\x02', 42)],
    ['one whose bytes are broken', () => breakAt('a.json', 6)],
  ])('refuses %s', async (_name, make) => {
    const file = await write(make());
    expect(() => textsOf(file)).toThrow(expect.objectContaining({ code: 'ARCHIVE_UNREADABLE' }));
  });
});

/** A sound zip with four wrong bytes, so far behind a mark. */
function breakAt(mark: string, behind: number): Uint8Array {
  const bytes = Buffer.from(zipOf({ 'a.json': 'a text of some length' }));
  bytes.writeUInt32LE(0x7fff_fff0, bytes.indexOf(mark, 0, 'latin1') + behind);
  return bytes;
}
