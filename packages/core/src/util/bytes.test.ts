import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect, parseJson, readRange } from './bytes.ts';

let folder: string;
let file: string;
const content = Buffer.from(Array.from({ length: 700_000 }, (_, at) => at % 251));
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bytes-test-'));
  file = path.join(folder, 'file');
  await writeFile(file, content);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('readRange', () => {
  it.each([
    ['all of it', [], 0, 700_000],
    ['from a place to the end', [699_000], 699_000, 700_000],
    ['a run across several reads', [1000, 600_000], 1000, 601_000],
    ['nothing', [10, 0], 10, 10],
    ['past the end, which ends early', [699_999, 50], 699_999, 700_000],
    ['behind the end', [800_000, 5], 700_000, 700_000],
  ] as const)('%s', async (_, range, from, to) => {
    const bytes = Buffer.concat(await Array.fromAsync(readRange(file, ...range)));
    expect(bytes.equals(content.subarray(from, to))).toBe(true);
  });

  it('gives chunks that stay as they are while the next is read', async () => {
    const chunks = await Array.fromAsync(readRange(file));
    expect(chunks.length).toBeGreaterThan(2);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  });
});

describe('collect', () => {
  const three = async function* () {
    yield Buffer.from('ab');
    yield Buffer.from('c');
  };

  it('joins a stream', async () => {
    expect(Buffer.from(await collect(three(), 3, 'it')).toString()).toBe('abc');
  });

  it('stops past the limit, naming what was read', async () => {
    await expect(collect(three(), 2, 'the config')).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('the config'),
    });
  });

  it('does not wait for a stream without end', async () => {
    const endless = async function* () {
      for (;;) yield Buffer.alloc(1000);
    };
    await expect(collect(endless(), 10_000, 'it')).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

describe('parseJson', () => {
  const fail = (cause: unknown) => new Error('no', { cause });

  it('reads JSON', () => {
    expect(parseJson(Buffer.from('{"a":[1]}'), fail)).toEqual({ a: [1] });
  });

  it.each([
    ['half of it', '{"a":'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['nothing', ''],
  ])('%s throws what the caller makes of it', (_, bytes) => {
    expect(() => parseJson(Buffer.from(bytes), fail)).toThrow('no');
  });
});
