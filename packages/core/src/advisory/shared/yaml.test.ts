import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeTar } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../util/context.ts';
import { readYaml } from './yaml.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-yaml-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Values that came through, and messages of those that did not. */
async function read(bytes: Uint8Array) {
  const file = path.join(folder, 'document');
  await writeFile(file, bytes);
  const values: unknown[] = [];
  const messages: string[] = [];
  const collection = {
    source: 'test',
    isRecord: (name: string) => name.startsWith('gems/'),
    toAdvisory: (_name: string, value: unknown) => {
      values.push(value);
      return undefined;
    },
  };
  const context = createContext({ offline: true, env: {}, diagnose: ({ message }) => messages.push(message) });
  for await (const record of readYaml({ name: 'x.yml', file }, collection, context)) values.push(record);
  return { values, messages };
}

describe('readYaml', () => {
  it('reads records of an archive, and nothing else of it', async () => {
    const tar = writeTar([
      { path: '.github/a.yml', content: 'a: [' },
      { path: 'gems/a.yml', content: 'a: 2024-01-02\nb: 0x10\nc: ~\nd: yes' },
      { path: 'gems/.b.yml', content: 'a: [' },
      { path: 'gems/c.txt', content: 'a: [' },
      { path: 'spec/d.yml', content: 'a: [' },
    ]);
    const expected = { values: [{ a: '2024-01-02', b: 16, c: null, d: 'yes' }], messages: [] };
    expect(await read(tar)).toEqual(expected);
    expect(await read(gzipSync(tar))).toEqual(expected);
  });

  it.each([
    ['what is no YAML', 'a: [1'],
    ['aliases', 'a: &a [1]\nb: [*a, *a]'],
    ['deep nesting', `a: ${'['.repeat(50_000)}`],
    ['more than a record has', `a: ${'x'.repeat(300_000)}`],
    ['two documents', 'a: 1\n---\nb: 2'],
  ])('says what is wrong, and goes on: %s', async (_name, text) => {
    const tar = writeTar([
      { path: 'gems/a.yml', content: text },
      { path: 'gems/b.yml', content: 'ok: 1' },
    ]);
    const { values, messages } = await read(tar);
    expect(values).toEqual([{ ok: 1 }]);
    expect(messages).toEqual([expect.stringMatching(/^x\.yml: gems\/a\.yml: .{1,200}$/)]);
  });

  it('makes no prototype of a key', async () => {
    const { values } = await read(new TextEncoder().encode('__proto__: {a: 1}'));
    expect(({} as { readonly a?: number }).a).toBeUndefined();
    expect(Object.getPrototypeOf(values[0])).toBe(Object.prototype);
  });
});
