import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectEngine, createContext, type Engine, listImages, openWorkspace, pullImage } from '@plimsoll/core';
import { startServer } from '@plimsoll/server';
import { type BuiltImage, buildImage } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, isInstalled, pushImage, type RealEngine, type RealRegistry, startEngine, startRegistry } from './servers.ts';

const missing = ['dockerd', 'docker-registry', 'curl'].filter((program) => !isInstalled(program));
const engine =
  missing.length === 0
    ? await startEngine()
    : { reason: `${missing.join(' and ')} not installed (Debian: docker.io, docker-registry, curl)` };
const real = 'address' in engine ? engine : undefined;
if ('reason' in engine) console.log(`test/real/engine: skipped, no Docker Engine starts here: ${engine.reason}`);

/** An image of one version: its own content, so that digests differ. */
function version(number: number): BuiltImage {
  return buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'version', content: `${number} ${'x'.repeat(100_000)}` }] }] });
}

describe.runIf(real !== undefined)('a real Docker Engine and a real registry', () => {
  let registry: RealRegistry;
  let client: Engine;
  const env = { DOCKER_HOST: (real as RealEngine | undefined)?.address, DOCKER_CONFIG: '/nowhere' };
  const context = createContext({ env });
  let names = 0;
  /** A tag of its own for each test, that points to the first version and was pulled. */
  const pulled = async () => {
    names += 1;
    const name = `${registry.host}/shop/app:${names}`;
    await pushImage(registry.host, 'shop/app', String(names), version(names * 10));
    await pullImage(client, { name, removeOld: false }, context);
    const id = (await client.findImage(name, context))?.id ?? '';
    return { name, id, move: () => pushImage(registry.host, 'shop/app', name.split(':').at(-1) ?? '', version(names * 10 + 1)) };
  };
  const idOf = async (name: string) => (await client.findImage(name, context))?.id;

  beforeAll(async () => {
    registry = await startRegistry();
    const connected = await connectEngine(context);
    if (!connected) throw new Error('no engine');
    client = connected;
  });
  afterAll(async () => {
    await registry?.[Symbol.asyncDispose]();
    await real?.[Symbol.asyncDispose]();
  });

  it('says what it is', () => {
    expect(client.name).toMatch(/^Docker Engine \d+\./);
  });

  it('pulls the newer image and removes the old one', async () => {
    const { name, id, move } = await pulled();
    await move();
    expect(await pullImage(client, { name, removeOld: true }, context)).toEqual({ changed: true, removed: true });
    expect(await idOf(name)).not.toBe(id);
    expect(await idOf(id)).toBeUndefined();
  });

  it('removes nothing where nothing is newer', async () => {
    const { name, id } = await pulled();
    expect(await pullImage(client, { name, removeOld: true }, context)).toEqual({ changed: false, removed: false });
    expect(await idOf(name)).toBe(id);
  });

  it('keeps the old image that a container is made from', async () => {
    const { name, id, move } = await pulled();
    await create(name, 'web');
    await move();
    expect(await pullImage(client, { name, removeOld: true }, context)).toEqual({
      changed: true,
      removed: false,
      kept: 'the container web is made from it',
    });
    expect(await idOf(id)).toBe(id);
  });

  it('leaves name and old image as they are when the registry breaks off in the middle of a layer', async () => {
    const { id } = await pulled();
    await using proxy = await startBreaking(registry.host);
    const name = `${proxy.host}/shop/app:broken`;
    await pushImage(registry.host, 'shop/app', 'broken', version(1000));
    proxy.breaks = false;
    await pullImage(client, { name, removeOld: false }, context);
    const before = await idOf(name);
    await pushImage(registry.host, 'shop/app', 'broken', version(1001));
    proxy.breaks = true;
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 15_000); // the engine tries again and again
    await expect(pullImage(client, { name, removeOld: true }, { ...context, signal: controller.signal })).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:ENGINE_PULL_FAILED|CANCELLED)$/),
    });
    expect(await idOf(name)).toBe(before);
    expect(await idOf(id)).toBe(id);
  }, 60_000);

  it('says what the registry has not', async () => {
    await expect(pullImage(client, { name: `${registry.host}/shop/app:none`, removeOld: true }, context)).rejects.toMatchObject({
      code: 'ENGINE_PULL_FAILED',
    });
  });

  it('is read itself, and has in it what its registry has: the same packages in the same layers', async () => {
    const base = buildImage({
      layers: [{ createdBy: 'ADD', files: [{ path: 'etc/os-release', content: 'ID=alpine\nVERSION_ID=3.20.1\n' }] }],
    });
    const app = buildImage({
      base,
      layers: [
        { createdBy: 'RUN apk add', files: [{ path: 'lib/apk/db/installed', content: 'P:musl\nV:1.2.5-r0\nA:x86_64\n\n' }] },
        { createdBy: 'CMD ["sh"]', empty: true },
        {
          createdBy: 'COPY',
          files: [{ path: 'app/node_modules/minimist/package.json', content: '{"name":"minimist","version":"1.2.0"}' }],
        },
      ],
      labels: { maker: 'test' },
    });
    const name = `${registry.host}/shop/whole:1`;
    await pushImage(registry.host, 'shop/whole', '1', app);
    await pullImage(client, { name, removeOld: false }, context);
    const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-local-test-'));
    using workspace = openWorkspace({ dataDir: folder, cacheDir: folder });
    const there = await workspace.index(`registry://${name}`, {}, context);
    const id = await idOf(name);
    for (const input of [name, `local://${name}`, `local://${id}`, `local://${name.replace(':1', '')}@${app.digest}`]) {
      const here = await workspace.index(input, {}, context);
      expect(here.image).toMatchObject({ source: 'local', configDigest: there.image.configDigest, config: there.image.config });
      expect(here.image.name).toContain('shop/whole');
      const told = ({ image, packages, hidden, files, distro }: typeof here) => ({
        layers: image.layers.map(({ digest: _, size: __, ...layer }) => layer),
        ...{ packages, hidden, files, distro },
      });
      expect(told(here)).toEqual(told(there));
    }
    const inputs = workspace.bases.byDigest(there.image.digest).map(({ input }) => input);
    expect(inputs).toEqual([`${registry.host}/shop/whole@${app.digest}`]);
    expect(there.packages.map(({ name: found }) => found)).toEqual(['musl', 'minimist']);
    await expect(workspace.index('local://shop/none:1', {}, context)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    const listed = await Array.fromAsync(listImages('local://', context), ({ description }) => description.name);
    expect(listed).toContain(name);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('does the same for the page: this image, then a pull, then the new one is there to look at', async () => {
    const { name, id, move } = await pulled();
    const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-pull-'));
    const workspace = openWorkspace({ dataDir: folder, cacheDir: folder });
    const server = await startServer({ workspace, context, host: '127.0.0.1', port: 0, sample: false });
    try {
      const ask = async <Answer>(place: string, options: RequestInit = {}): Promise<Answer> => {
        const response = await fetch(`${server.address}/api${place}`, { ...options, headers: { 'Content-Type': 'application/json' } });
        expect(response.ok, `${place}: ${response.status}`).toBe(true);
        return (await response.json()) as Answer;
      };
      const { image } = await workspace.index(name, {}, context);
      expect(await ask('/engine')).toMatchObject({ connected: true, name: client.name });
      expect(await ask(`/images/${image.digest}/check`, { method: 'POST' })).toMatchObject({ state: 'current' });
      await move();
      expect(await ask(`/images/${image.digest}/check`, { method: 'POST' })).toMatchObject({ state: 'outdated' });
      const { id: job } = await ask<{ id: string }>(`/images/${image.digest}/pull`, { method: 'POST', body: '{"removeOld":true}' });
      const ended = await expect
        .poll(async () => (await ask<{ state: string }>(`/jobs/${job}`)).state, { timeout: 20_000 })
        .toMatch(/done|failed/)
        .then(() => ask<{ state: string; step: string; result: string }>(`/jobs/${job}`));
      expect(ended).toMatchObject({ state: 'done', step: 'pulled a newer image; the old one is removed' });
      expect(await idOf(id)).toBeUndefined();
      expect(await ask(`/images/${ended.result}`)).toMatchObject({ recommendations: { image: { state: 'current' } } });
    } finally {
      await server.close();
      workspace[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);

  /** Makes a container that does not run. */
  function create(image: string, name: string): Promise<void> {
    const socketPath = (real as RealEngine).address.slice('unix://'.length);
    return new Promise((resolve, reject) => {
      const sent = request(
        { socketPath, method: 'POST', path: `/containers/create?name=${name}`, headers: { 'Content-Type': 'application/json' } },
        (answer) => {
          answer.resume();
          answer.on('end', () => (answer.statusCode === 201 ? resolve() : reject(new Error(`create: ${answer.statusCode}`))));
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify({ Image: image, Cmd: ['/version'], HostConfig: { NetworkMode: 'none' } }));
    });
  }
});

/** A registry in front of a registry that breaks off in the middle of every layer, while `breaks`. */
async function startBreaking(host: string): Promise<AsyncDisposable & { readonly host: string; breaks: boolean }> {
  const state = { breaks: true };
  const port = await freePort();
  const server: Server = createServer(async (asked, answer) => {
    const from = await fetch(`http://${host}${asked.url}`, {
      headers: { accept: asked.headers.accept ?? '*/*' },
      method: asked.method ?? 'GET',
    });
    const bytes = Buffer.from(await from.arrayBuffer());
    const isLayer = asked.url?.includes('/blobs/') === true && !bytes.subarray(0, 1).equals(Buffer.from('{'));
    const length = from.headers.get('content-length');
    answer.writeHead(from.status, {
      'Content-Type': from.headers.get('content-type') ?? 'application/octet-stream',
      'Docker-Content-Digest': from.headers.get('docker-content-digest') ?? '',
      ...(length !== null && { 'Content-Length': length }),
    });
    if (!state.breaks || !isLayer) return void answer.end(bytes);
    answer.write(bytes.subarray(0, bytes.length / 2), () => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${port}`,
    get breaks() {
      return state.breaks;
    },
    set breaks(breaks) {
      state.breaks = breaks;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
