import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Diagnostic } from '@plimsoll/model';
import {
  buildImage,
  buildIndex,
  jsonBlob,
  type MemoryRegistry,
  type RegistryAuth,
  startBlobStore,
  startMemoryRegistry,
} from '@plimsoll/testkit';
import { testImageSource } from '@plimsoll/testkit/conformance';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Context, createContext } from '../../../util/context.ts';
import { listImages, openImage } from '../../open.ts';

let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'registry-test-'));
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

/** A world without a login, unless a Docker configuration is given. */
async function contextWith(config?: string, options: Partial<Context> = {}): Promise<Context> {
  const folder = await mkdtemp(path.join(temporary, 'docker-'));
  if (config !== undefined) await writeFile(path.join(folder, 'config.json'), config);
  return createContext({ env: { DOCKER_CONFIG: folder, HOME: folder }, ...options });
}

const app = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'a', content: 'a'.repeat(3000) }] }], compression: 'none' });
const bytesOf = async (image: Awaited<ReturnType<typeof openImage>>) => Buffer.concat(await Array.fromAsync(image.layers[0]?.read() ?? []));

testImageSource({
  id: 'registry',
  open: openImage,
  list: listImages,
  context: (options) => createContext({ env: { DOCKER_CONFIG: temporary }, ...options }),
  keepsManifests: true,
  needsName: false,
  async place(images) {
    const server = await startMemoryRegistry({ pageSize: 1 });
    const local = (ref: string) => `${server.host}/${ref.slice(ref.indexOf('/') + 1)}`;
    for (const { ref = '', image } of images) {
      const [repository = '', tag = ''] = ref.slice(ref.indexOf('/') + 1).split(':');
      server.push(repository, tag, image);
    }
    const [first] = images;
    return {
      input: (ref) => ({ input: ref === undefined ? local(first?.ref ?? '').replace(/:\d+$/, '') : local(ref), want: {} }),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
});

describe('ways to name an image', () => {
  it.each([
    ['a tag', (at: string) => `${at}:1`],
    ['a digest', (at: string) => `${at}@${app.digest}`],
    ['a tag and a digest', (at: string) => `${at}:2@${app.digest}`],
    ['the prefix registry://', (at: string) => `registry://${at}:1`],
    ['the prefix image://', (at: string) => `image://${at}:1`],
    ['nothing more, which is latest', (at: string) => at],
  ])('%s', async (_, name) => {
    await using server = await startMemoryRegistry();
    server.push('team/app', '1', app);
    server.push('team/app', 'latest', app);
    const { description } = await openImage(name(`${server.host}/team/app`), {}, await contextWith());
    expect(description).toMatchObject({
      digest: app.digest,
      source: 'registry',
      reference: { registry: server.host, repository: 'team/app' },
    });
  });

  it('lists a tag with all of its platforms', async () => {
    await using server = await startMemoryRegistry();
    const arm = buildImage({ layers: [], platform: { os: 'linux', architecture: 'arm64' } });
    const at = server.push('team/app', '1', buildIndex([app, arm]));
    const listed = await Array.fromAsync(listImages(at, await contextWith()), ({ description }) => description.digest);
    expect(listed).toEqual([app.digest, arm.digest]);
  });
});

describe('login', () => {
  const open = async (auth: RegistryAuth, options: { readonly config?: (server: MemoryRegistry) => string } = {}) => {
    const server = await startMemoryRegistry({ auth });
    const at = server.push('team/app', '1', app);
    const diagnostics: Diagnostic[] = [];
    const context = await contextWith(options.config?.(server), { diagnose: (found) => diagnostics.push(found) });
    const result = await openImage(at, {}, context).then(
      async (image) => ({ image, bytes: await bytesOf(image), error: undefined }),
      (error: { readonly code: string; readonly message: string; readonly hint?: string }) => ({
        image: undefined,
        bytes: undefined,
        error,
      }),
    );
    await server[Symbol.asyncDispose]();
    return { ...result, server, diagnostics };
  };
  const basic: RegistryAuth = { kind: 'basic', user: 'me', password: 'pass:word' };
  const token: RegistryAuth = { kind: 'token', user: 'me', password: 'secret' };

  it('nobody is asked who one is where the registry does not ask', async () => {
    const { server, image } = await open(
      { kind: 'none' },
      { config: (registry) => JSON.stringify({ auths: { [registry.host]: { auth: 'bWU6eA==' } } }) },
    );
    expect(image).toBeDefined();
    expect(server.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('a token is fetched for anyone, once', async () => {
    const { server, bytes } = await open({ kind: 'token' });
    expect(bytes).toEqual(Buffer.from(app.layers[0]?.bytes ?? []));
    expect(server.requests.filter(({ url }) => url.startsWith('/token'))).toHaveLength(1);
  });

  it.each([
    ['basic', basic],
    ['token', token],
  ])('%s with the login of the Docker configuration', async (_, auth) => {
    const { bytes } = await open(auth, { config: (server) => server.dockerConfig() });
    expect(bytes).toEqual(Buffer.from(app.layers[0]?.bytes ?? []));
  });

  it('user and password that stand apart in the configuration', async () => {
    const config = (server: MemoryRegistry) =>
      JSON.stringify({ auths: { [`https://${server.host}`]: { username: 'me', password: 'pass:word' } } });
    expect((await open(basic, { config })).error).toBeUndefined();
  });

  it.each([
    ['basic', basic],
    ['token', token],
  ])('%s without a login is denied, and the hint says what to do', async (_, auth) => {
    const { error } = await open(auth);
    expect(error).toMatchObject({ code: 'REGISTRY_DENIED', hint: expect.stringContaining('docker login') });
  });

  it('a wrong login is denied, and is not printed', async () => {
    const wrong = Buffer.from('me:wrong-secret').toString('base64');
    const { error, diagnostics } = await open(token, { config: (server) => JSON.stringify({ auths: { [server.host]: { auth: wrong } } }) });
    expect(error?.code).toBe('REGISTRY_DENIED');
    expect(JSON.stringify([error, error?.message, diagnostics])).not.toMatch(new RegExp(`wrong-secret|${wrong}`));
  });

  it.each([
    ['for this registry', (server: MemoryRegistry) => JSON.stringify({ credHelpers: { [server.host]: 'none-of-this-name' } })],
    ['for all', () => JSON.stringify({ credsStore: 'none-of-this-name' })],
  ])('a credential helper that cannot be asked is named, and the registry is asked without: %s', async (_, config) => {
    const { error, diagnostics } = await open(token, { config });
    expect(error?.code).toBe('REGISTRY_DENIED');
    expect(diagnostics).toMatchObject([{ code: 'CREDENTIALS_UNREADABLE', message: expect.stringContaining('none-of-this-name') }]);
  });

  it('a configuration that cannot be read becomes a diagnostic', async () => {
    const { image, diagnostics } = await open({ kind: 'token' }, { config: () => '{' });
    expect(image).toBeDefined();
    expect(diagnostics).toMatchObject([{ code: 'CREDENTIALS_UNREADABLE' }]);
  });

  it('a token that runs out is fetched anew, once for all layers that wait', async () => {
    await using server = await startMemoryRegistry({ auth: { kind: 'token' } });
    const files = (content: string) => [{ path: 'a', content }];
    const many = buildImage({ layers: ['1', '2', '3'].map((name) => ({ createdBy: name, files: files(name) })) });
    const image = await openImage(server.push('team/app', '1', many), {}, await contextWith());
    server.expireTokens();
    server.requests.length = 0;
    const layers = await Promise.all(image.layers.map((layer) => Array.fromAsync(layer.read())));
    expect(layers.map((chunks) => Buffer.concat(chunks))).toEqual(many.layers.map(({ bytes }) => Buffer.from(bytes)));
    expect(server.requests.filter(({ url }) => url.startsWith('/token'))).toHaveLength(1);
  });

  it.each(['http://example.org/token', 'ftp://127.0.0.1/token', 'nowhere', ''])('no login goes to the realm %s', async (realm) => {
    await using server = await startMemoryRegistry({ auth: token });
    server.faults.realm = realm;
    const asked = vi.fn(globalThis.fetch);
    const context = await contextWith(server.dockerConfig(), { fetch: asked });
    await expect(openImage(server.push('team/app', '1', app), {}, context)).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('a registry elsewhere cannot have us ask this machine for a token', async () => {
    const asked: string[] = [];
    const fetch = async (input: RequestInfo | URL) => {
      asked.push(String(input));
      return new Response('', { status: 401, headers: { 'www-authenticate': 'Bearer realm="http://127.0.0.1:9/token"' } });
    };
    const context = await contextWith(undefined, { fetch: fetch as typeof globalThis.fetch });
    await expect(openImage('registry.example.org/app:1', {}, context)).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(asked).toEqual(['https://registry.example.org/v2/app/manifests/1']);
  });
});

describe('redirects', () => {
  it.each<RegistryAuth>([{ kind: 'basic', user: 'me', password: 'x' }, { kind: 'token' }])(
    'the login stays with the registry ($kind)',
    async (auth) => {
      await using server = await startMemoryRegistry({ auth });
      await using store = await startBlobStore(app);
      server.faults.redirectBlobs = store.address;
      const image = await openImage(server.push('team/app', '1', app), {}, await contextWith(server.dockerConfig()));
      expect(await bytesOf(image)).toEqual(Buffer.from(app.layers[0]?.bytes ?? []));
      expect(store.requests.length).toBeGreaterThan(0);
      expect(store.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
    },
  );

  it.each(['http://example.org/', 'file:///etc/passwd#', 'ftp://127.0.0.1/'])('%s is not followed', async (address) => {
    await using server = await startMemoryRegistry();
    server.faults.redirectBlobs = address;
    await expect(openImage(server.push('team/app', '1', app), {}, await contextWith())).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
  });

  it('a circle ends', async () => {
    await using server = await startMemoryRegistry();
    server.faults.redirectBlobs = '/v2/team/app/blobs/';
    await expect(openImage(server.push('team/app', '1', app), {}, await contextWith())).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
    });
    expect(server.requests.length).toBeLessThan(10);
  });
});

describe('faults of a registry', () => {
  it.each([
    [403, 'REGISTRY_DENIED'],
    [404, 'IMAGE_NOT_FOUND'],
    [429, 'REGISTRY_RATE_LIMITED'],
    [500, 'REGISTRY_UNREACHABLE'],
    [302, 'REGISTRY_UNREACHABLE'],
  ])('status %d becomes %s', async (status, code) => {
    await using server = await startMemoryRegistry();
    Object.assign(server.faults, { status, retryAfter: '17' });
    const error = await openImage(`${server.host}/team/app:1`, {}, await contextWith(undefined, { sleep: async () => {} })).catch(
      (fault) => fault,
    );
    expect(error).toMatchObject({ code, message: expect.stringContaining('team/app') });
    if (status === 429) expect(error.hint).toContain('17');
  });

  it('another manifest than the digest says is refused', async () => {
    await using server = await startMemoryRegistry();
    server.push('team/app', '1', app);
    server.faults.alteredManifests = true;
    const opened = openImage(`${server.host}/team/app@${app.digest}`, {}, await contextWith());
    await expect(opened).rejects.toMatchObject({ code: 'BLOB_DIGEST_MISMATCH' });
  });

  it('a manifest behind a tag that has no end is not read', async () => {
    await using server = await startMemoryRegistry();
    const at = server.pushManifest('team/app', '1', jsonBlob(app.manifest.descriptor.mediaType, { filler: 'x'.repeat(5_000_000) }));
    await expect(openImage(at, {}, await contextWith())).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('a manifest of Docker schema 1 is named', async () => {
    await using server = await startMemoryRegistry();
    const old = { schemaVersion: 1, name: 'app', tag: '1', fsLayers: [{ blobSum: app.digest }], history: [] };
    const at = server.pushManifest('team/app', '1', jsonBlob('application/vnd.docker.distribution.manifest.v1+prettyjws', old));
    // A registry answers with it only to who asks for nothing else: here it is asked for as it is stored.
    const fetch: typeof globalThis.fetch = (input, init) =>
      globalThis.fetch(input, { ...init, headers: { Accept: 'application/vnd.docker.distribution.manifest.v1+prettyjws' } });
    const opened = openImage(at, {}, await contextWith(undefined, { fetch }));
    await expect(opened).rejects.toMatchObject({ code: 'NOT_AN_IMAGE', message: expect.stringContaining('schema 1') });
  });

  it('an attestation is not taken for an image', async () => {
    await using server = await startMemoryRegistry();
    const attested = buildImage({ base: app, provenance: { materials: [] } });
    server.push('team/app', '1', attested);
    const digest = attested.attestation?.manifest.descriptor.digest;
    const opened = openImage(`${server.host}/team/app@${digest}`, {}, await contextWith());
    await expect(opened).rejects.toMatchObject({ code: 'NOT_AN_IMAGE', message: expect.stringContaining('attestation') });
  });

  it.each([
    ['a blob that is shorter than stated', 'shortBlobs', 'BLOB_SIZE_MISMATCH'],
    ['a connection that breaks off', 'cutBlobs', 'REGISTRY_UNREACHABLE'],
  ] as const)('%s', async (_, fault, code) => {
    await using server = await startMemoryRegistry();
    const image = await openImage(server.push('team/app', '1', app), {}, await contextWith());
    server.faults[fault] = true;
    await expect(bytesOf(image)).rejects.toMatchObject({ code });
  });

  it('a config of other bytes is refused', async () => {
    await using server = await startMemoryRegistry();
    server.faults.corruptBlobs = true;
    await expect(openImage(server.push('team/app', '1', app), {}, await contextWith())).rejects.toMatchObject({
      code: 'BLOB_DIGEST_MISMATCH',
    });
  });

  it('a registry that is not there', async () => {
    await expect(openImage('127.0.0.1:1/app:1', {}, await contextWith())).rejects.toMatchObject({ code: 'REGISTRY_UNREACHABLE' });
  });

  it('a registry that never answers is left when the caller gives up', async () => {
    await using server = await startMemoryRegistry();
    server.faults.silent = true;
    const signal = AbortSignal.timeout(100);
    await expect(openImage(`${server.host}/app:1`, {}, await contextWith(undefined, { signal }))).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('without network nothing is asked', async () => {
    await using server = await startMemoryRegistry();
    const context = await contextWith(undefined, { offline: true });
    await expect(openImage(`${server.host}/app:1`, {}, context)).rejects.toMatchObject({ code: 'OFFLINE' });
    expect(server.requests).toEqual([]);
  });

  it.each(['App:1', 'a b', 'x@sha256:12', '-:', ''])('%j is no reference', async (input) => {
    await expect(openImage(input, {}, await contextWith())).rejects.toMatchObject({ code: 'REFERENCE_INVALID' });
  });

  it('a prefix that nothing reads is named, with those there are', async () => {
    const opened = openImage('floppy://x', {}, await contextWith());
    await expect(opened).rejects.toMatchObject({ code: 'INPUT_UNRECOGNISED', hint: expect.stringContaining('registry://') });
  });
});
