import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createContext, openWorkspace, type Workspace } from '@plimsoll/core';
import { type BuiltImage, blobsOf, buildImage, topOf } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const isInstalled = (() => {
  try {
    execFileSync('which', ['docker-registry'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('test/real/sync-bases: skipped, docker-registry is not installed');
    return false;
  }
})();

const TAGS = 500;
const DIGESTS = 40;
const MOVED = 7;
const platform = { os: 'linux', architecture: 'amd64' };
const image = (number: number): BuiltImage =>
  buildImage({ layers: [{ createdBy: 'ADD', files: [{ path: 'etc/number', content: String(number) }] }] });
const tagOf = (number: number) => `${Math.floor(number / 50)}.${number % 50}`;

describe.runIf(isInstalled)('500 tags of 40 images in the registry of the distribution project', () => {
  let folder: string;
  let host: string;
  let server: ChildProcess;
  let workspace: Workspace;
  const asked: string[] = [];
  /** Every request the program makes goes through here. */
  const context = createContext({
    fetch: (input, init) => {
      asked.push(`${init?.method ?? 'GET'} ${new URL(String(input)).pathname.split('/').at(-2)}`);
      return fetch(input, init);
    },
    env: { DOCKER_CONFIG: '/nonexistent' },
  });
  const count = (kind: string) => asked.filter((request) => request === kind).length;
  const repository = () => `${host}/library/base`;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'real-sync-'));
    host = `127.0.0.1:${await freePort()}`;
    const lines = ['version: 0.1', `storage: { filesystem: { rootdirectory: ${folder}/data } }`, `http: { addr: ${host} }`];
    await writeFile(path.join(folder, 'registry.yml'), lines.join('\n'));
    server = spawn('docker-registry', ['serve', path.join(folder, 'registry.yml')], { stdio: 'ignore' });
    await untilUp(host);
    for (let number = 0; number < DIGESTS; number += 1) await pushBlobs(host, image(number));
    for (let number = 0; number < TAGS; number += 1) await putTag(host, tagOf(number), image(number % DIGESTS));
    workspace = openWorkspace({ dataDir: path.join(folder, 'plimsoll'), cacheDir: path.join(folder, 'cache') });
  });
  afterAll(async () => {
    workspace?.[Symbol.dispose]();
    server?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it('first: one HEAD a tag, manifest and config once for each image', async () => {
    asked.length = 0;
    const [result] = await workspace.syncBases(repository(), {}, context);
    expect(result).toMatchObject({ tags: TAGS, changed: TAGS, images: TAGS, complete: true });
    console.log(`test/real/sync-bases: first ${asked.length} requests`);
    expect(count('HEAD manifests')).toBe(TAGS);
    expect(count('GET manifests')).toBe(DIGESTS);
    expect(count('GET blobs')).toBe(DIGESTS);
    expect(count('GET tags')).toBe(Math.ceil(TAGS / 1000));
    expect(asked).toHaveLength(1 + TAGS + 2 * DIGESTS);
    expect(workspace.bases.aliasesOf(image(3).digest)).toHaveLength(13);
  });

  it('again with nothing changed: the list and one HEAD a tag', async () => {
    asked.length = 0;
    const [result] = await workspace.syncBases(undefined, {}, context);
    expect(result).toMatchObject({ tags: TAGS, changed: 0, gone: 0, complete: true });
    console.log(`test/real/sync-bases: nothing changed ${asked.length} requests`);
    expect(asked).toHaveLength(1 + TAGS);
    expect(count('GET manifests') + count('GET blobs')).toBe(0);
  });

  it('seven tags moved, four to images that are new and three to known ones: two requests for each new image more', async () => {
    const before = workspace.bases.historyOfTag(repository(), tagOf(0), platform)[0];
    for (let number = 0; number < 4; number += 1) await pushBlobs(host, image(1000 + number));
    for (let number = 0; number < MOVED; number += 1) await putTag(host, tagOf(number), image(number < 4 ? 1000 + number : 39 - number));
    asked.length = 0;
    const [result] = await workspace.syncBases(repository(), {}, context);
    expect(result).toMatchObject({ tags: TAGS, changed: MOVED, complete: true });
    console.log(`test/real/sync-bases: seven moved ${asked.length} requests`);
    expect(asked).toHaveLength(1 + TAGS + 2 * 4);
    const [now, old, ...more] = workspace.bases.historyOfTag(repository(), tagOf(0), platform);
    expect(more).toEqual([]);
    expect(now).toMatchObject({ digest: image(1000).digest, input: `${repository()}@${image(1000).digest}` });
    expect(now?.firstSeen).not.toBe(before?.firstSeen);
    expect(old).toMatchObject({ digest: image(0).digest, superseded: true, firstSeen: before?.firstSeen });
    expect(workspace.bases.newestOfTag(repository(), tagOf(5), platform)?.digest).toBe(image(34).digest);
  });

  it('an image of the old digest is indexed though the tag has moved', async () => {
    const [, old] = workspace.bases.historyOfTag(repository(), tagOf(0), platform);
    const inventory = await workspace.index(old?.input ?? '', {}, context);
    expect(inventory.image.digest).toBe(image(0).digest);
  });

  it('moves to another machine as one file', async () => {
    const file = path.join(folder, 'bases.gz');
    const written = await workspace.exportBases(file, context);
    expect(written.records).toBeGreaterThanOrEqual(TAGS + MOVED);
    using other = openWorkspace({ dataDir: path.join(folder, 'other'), cacheDir: path.join(folder, 'cache') });
    expect(await other.importBases(file, context)).toMatchObject({ ...written, skipped: 0 });
    expect(other.bases.list()).toEqual(workspace.bases.list());
    asked.length = 0;
    await other.syncBases(undefined, {}, context);
    expect(asked).toHaveLength(1 + TAGS);
  });
});

async function pushBlobs(host: string, built: BuiltImage): Promise<void> {
  const at = `http://${host}/v2/library/base`;
  const top = topOf(built).descriptor.digest;
  for (const { descriptor, bytes } of blobsOf(built)) {
    if (descriptor.digest === top) continue;
    const location = (await send(`${at}/blobs/uploads/`, { method: 'POST' }, 202)).headers.get('location') ?? '';
    const target = new URL(location);
    target.searchParams.set('digest', descriptor.digest);
    await send(target, { method: 'PUT', body: Buffer.from(bytes), headers: { 'Content-Type': 'application/octet-stream' } }, 201);
  }
}

async function putTag(host: string, tag: string, built: BuiltImage): Promise<void> {
  const { descriptor, bytes } = topOf(built);
  const headers = { 'Content-Type': descriptor.mediaType };
  await send(`http://${host}/v2/library/base/manifests/${tag}`, { method: 'PUT', body: Buffer.from(bytes), headers }, 201);
}

async function send(address: string | URL, request: RequestInit, expected: number): Promise<Response> {
  const response = await fetch(address, request);
  await response.text();
  if (response.status !== expected) throw new Error(`${request.method} ${address}: ${response.status}`);
  return response;
}

async function untilUp(host: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer) return;
    await wait(50);
  }
  throw new Error('the registry did not come up');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
