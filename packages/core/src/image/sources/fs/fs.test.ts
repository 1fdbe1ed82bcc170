import { execFileSync } from 'node:child_process';
import { appendFile, chmod, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Diagnostic } from '@plimsoll/model';
import { writeFolder } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLayers } from '../../../layer/read-layers.ts';
import type { LayerFacts } from '../../../layer/types.ts';
import { createContext } from '../../../util/context.ts';
import { listImages, openImage } from '../../open.ts';
import { walkFolder } from './walk.ts';

let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'fs-test-'));
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

const long = `${'folder/'.repeat(30)}main.js`;
const files = [
  { path: 'etc/os-release', content: 'ID=none\n' },
  { path: 'app/b.txt', content: 'b'.repeat(511) },
  { path: 'app/a.txt', content: '' },
  { path: long, content: 'main()\n' },
  { path: 'usr/share/ä ü', content: 'x'.repeat(600_000) },
];
let count = 0;
async function folder(more: readonly { readonly path: string; readonly content: string }[] = files): Promise<string> {
  const place = path.join(temporary, String(count++));
  await writeFolder(place, more);
  return place;
}

async function facts(
  input: string,
): Promise<{ readonly read: LayerFacts; readonly diagnostics: readonly Diagnostic[]; readonly kept: number }> {
  const diagnostics: Diagnostic[] = [];
  const context = createContext({ diagnose: (found) => diagnostics.push(found) });
  await using image = await openImage(input, {}, context);
  let kept = 0;
  const cache = {
    get: async () => undefined,
    set: async () => {
      kept += 1;
    },
  };
  const [read] = await readLayers(image, { cache, context });
  return { read: read as LayerFacts, diagnostics, kept };
}

describe('a folder', () => {
  it('is an image of one layer without history, and says what it does not know', async () => {
    const place = await folder();
    await using image = await openImage(`fs://${place}`, {}, createContext());
    expect(image.description).toMatchObject({
      name: place,
      source: 'fs',
      aliases: [],
      platform: { os: 'linux', architecture: 'unknown' },
      historyReliable: false,
      layers: [{ index: 0, createdBy: '', emptyLayer: false }],
    });
    expect(image.description.reference).toBeUndefined();
    expect(image.description.created).toBeUndefined();
    expect(image.description.provenance).toBeUndefined();
  });

  it('gives a tar that tar reads: the same files with the same content', async () => {
    const place = await folder();
    await using image = await openImage(`fs://${place}`, {}, createContext());
    const tar = path.join(temporary, 'out.tar');
    await writeFile(tar, Buffer.concat(await Array.fromAsync(image.layers[0]?.read() ?? [])));
    const out = path.join(temporary, 'out');
    await mkdir(out);
    execFileSync('tar', ['-xf', tar, '-C', out]);
    expect(execFileSync('diff', ['-r', place, out]).toString()).toBe('');
    expect(await readFile(path.join(out, long), 'utf8')).toBe('main()\n');
  });

  it('is the same image wherever it lies and whenever it was written; another where a byte differs', async () => {
    const place = await folder();
    const copy = path.join(temporary, 'copy');
    await cp(place, copy, { recursive: true });
    await utimes(path.join(copy, 'app/b.txt'), 1, 1);
    const digestOf = async (input: string) => (await openImage(`fs://${input}`, {}, createContext())).description.layers[0]?.diffId;
    const first = await digestOf(place);
    expect(await digestOf(copy)).toBe(first);
    await writeFile(path.join(copy, 'app/b.txt'), `${'b'.repeat(510)}c`);
    expect(await digestOf(copy)).not.toBe(first);
    await writeFile(path.join(copy, 'app/b.txt'), 'b'.repeat(511));
    await chmod(path.join(copy, 'app/b.txt'), 0o755);
    expect(await digestOf(copy)).not.toBe(first);
  });

  it('is read by its entries, links as links', async () => {
    const place = await folder();
    await symlink('../../../../etc/passwd', path.join(place, 'app/out'));
    await symlink('/', path.join(place, 'app/root'));
    await symlink('.', path.join(place, 'app/loop'));
    const { read, diagnostics } = await facts(`fs://${place}`);
    const links = read.entries.filter(({ kind }) => kind === 'symlink');
    expect(links.map(({ path: name, link }) => [name, link])).toEqual([
      ['app/loop', '.'],
      ['app/out', '../../../../etc/passwd'],
      ['app/root', '/'],
    ]);
    expect(read.entries.filter(({ kind }) => kind === 'file').map(({ path: name, size }) => [name, size])).toEqual([
      ['app/a.txt', 0],
      ['app/b.txt', 511],
      ['etc/os-release', 8],
      [long, 7],
      ['usr/share/ä ü', 600_000],
    ]);
    expect(diagnostics).toEqual([]);
  });

  it('may itself be reached through a link', async () => {
    const place = await folder();
    await symlink(place, path.join(temporary, 'link'));
    await using image = await openImage(`fs://${path.join(temporary, 'link')}`, {}, createContext());
    expect(image.description.name).toBe(place);
  });

  it('has neither pipes nor sockets, and does not wait for them', async () => {
    const place = await folder();
    execFileSync('mkfifo', [path.join(place, 'app/pipe')]);
    const { read } = await facts(`fs://${place}`);
    expect(read.entries.some(({ path: name }) => name === 'app/pipe')).toBe(false);
  });

  it('has names that are not UTF-8', async () => {
    const place = await folder();
    await writeFile(Buffer.concat([Buffer.from(`${place}/app/`), Buffer.from([0xff, 0xfe])]), 'odd');
    const { read } = await facts(`fs://${place}`);
    expect(read.entries).toContainEqual(expect.objectContaining({ path: 'app/\ufffd\ufffd', kind: 'file', size: 3 }));
  });

  it.skipIf(process.getuid?.() === 0)('tells what it cannot read, and reads the rest', async () => {
    const place = await folder();
    await chmod(path.join(place, 'app/b.txt'), 0o000);
    await chmod(path.join(place, 'etc'), 0o000);
    const { read, diagnostics } = await facts(`fs://${place}`);
    await chmod(path.join(place, 'etc'), 0o755);
    expect(diagnostics.map(({ code, path: name }) => [code, name])).toEqual([
      ['FILE_UNREADABLE', 'app/b.txt'],
      ['FILE_UNREADABLE', 'etc'],
    ]);
    expect(read.entries.some(({ path: name }) => name === 'app/a.txt')).toBe(true);
  });

  it('that changes while it is read is read to its end, said to have changed, and not kept', async () => {
    const place = await folder();
    const diagnostics: Diagnostic[] = [];
    const context = createContext({ diagnose: (found) => diagnostics.push(found) });
    await using image = await openImage(`fs://${place}`, {}, context);
    await appendFile(path.join(place, 'app/b.txt'), 'more');
    await writeFile(path.join(place, 'usr/share/ä ü'), 'less');
    await rm(path.join(place, 'etc/os-release'));
    await rename(path.join(place, 'folder'), path.join(place, 'elsewhere'));
    let kept = 0;
    const cache = {
      get: async () => undefined,
      set: async () => {
        kept += 1;
      },
    };
    const [read] = await readLayers(image, { cache, context });
    expect(read?.diagnostics).toMatchObject([{ code: 'FOLDER_CHANGED' }]);
    expect(read?.entries.filter(({ kind }) => kind === 'file')).toHaveLength(files.length);
    expect(kept).toBe(0);
  });

  it('that stays as it is is kept', async () => {
    expect(await facts(`fs://${await folder()}`)).toMatchObject({ kept: 1, read: { diagnostics: [] } });
  });

  it('that is empty is an image of nothing', async () => {
    const place = path.join(temporary, 'empty');
    await mkdir(place);
    expect((await facts(`fs://${place}`)).read.entries).toEqual([]);
  });
});

describe('what is no such folder', () => {
  it('is said', async () => {
    await expect(openImage(`fs://${temporary}/none`, {}, createContext())).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    const file = path.join(await folder(), 'app/b.txt');
    await expect(openImage(`fs://${file}`, {}, createContext())).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
  });

  it('stops where the caller has given up', async () => {
    const context = createContext({ signal: AbortSignal.abort() });
    await expect(openImage(`fs://${await folder()}`, {}, context)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a bare path', () => {
  it('to a folder that holds no image is that folder', async () => {
    await using image = await openImage(await folder(), {}, createContext());
    expect(image.description.source).toBe('fs');
  });

  it('is listed as the one image that it is', async () => {
    const place = await folder();
    const names = await Array.fromAsync(listImages(`fs://${place}`, createContext()), ({ description }) => description.name);
    expect(names).toEqual([place]);
  });
});

describe('the walk', () => {
  it('has an end: so many entries, and so deep', async () => {
    const place = await folder();
    expect(() => [...walkFolder(place, { maxEntries: 3, maxDepth: 100 }, () => {})]).toThrow(/more than 3/);
    const told: string[] = [];
    const shallow = [...walkFolder(place, { maxEntries: 1000, maxDepth: 2 }, (name) => told.push(name))];
    expect(told).toEqual(['folder/folder', 'usr/share']);
    expect(shallow.map(({ path: name }) => name.toString())).toContain('usr/share');
  });

  it.runIf(process.platform === 'linux')('leaves out what the kernel makes up', () => {
    const names: string[] = [];
    for (const { path: name } of walkFolder('/', { maxEntries: 1_000_000, maxDepth: 2 }, () => {})) names.push(name.toString());
    expect(names.some((name) => name.startsWith('proc/'))).toBe(false);
    expect(names.some((name) => name.startsWith('sys/'))).toBe(false);
    expect(names).toContain('etc');
  });
});
