import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeTar } from '@plimsoll/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRange } from '../util/bytes.ts';
import { indexTarFile } from './index-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tar-index-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function place(bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, `${Math.random()}`);
  await writeFile(file, bytes);
  return file;
}

it('says where the content of each file lies', async () => {
  const long = 'x/'.repeat(80);
  const files = [
    { path: 'a', content: 'first' },
    { path: `${long}b`, content: 'behind a pax header' },
    { path: 'link', link: '../a' },
    { path: './c', content: '' },
    { path: 'd', content: 'z'.repeat(2000) },
  ];
  const file = await place(writeTar(files));
  const entries = await indexTarFile(file);
  expect([...entries.keys()]).toEqual(['a', `${long}b`, 'link', 'c', 'd']);
  for (const [name, content] of [
    ['a', 'first'],
    [`${long}b`, 'behind a pax header'],
    ['d', 'z'.repeat(2000)],
  ] as const) {
    const entry = entries.get(name);
    const bytes = Buffer.concat(await Array.fromAsync(readRange(file, entry?.offset, entry?.size)));
    expect(bytes.toString()).toBe(content);
  }
});

it('takes the last of two files of one name, as unpacking does', async () => {
  const file = await place(
    writeTar([
      { path: 'a', content: 'one' },
      { path: './a', content: 'second' },
    ]),
  );
  expect((await indexTarFile(file)).get('a')?.size).toBe(6);
});

it.each([
  ['in the middle of content', 700],
  ['in the middle of a pax header', 100 + 512],
])('a tar that stops %s is refused', async (_, length) => {
  const file = await place(writeTar([{ path: 'p'.repeat(200), content: 'x'.repeat(3000) }]).subarray(0, length));
  await expect(indexTarFile(file)).rejects.toMatchObject({ code: 'TAR_INVALID' });
});
