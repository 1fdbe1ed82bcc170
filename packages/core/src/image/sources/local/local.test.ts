import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Digest } from '@plimsoll/model';
import {
  type BuiltImage,
  buildImage,
  buildIndex,
  dockerSaveTar,
  type FakeEngine,
  type NamedImage,
  ociLayoutTar,
  startFakeEngine,
  startMemoryRegistry,
  topOf as topBlob,
} from '@plimsoll/testkit';
import { testImageSource } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { connectEngine } from '../../../engine/connect.ts';
import { type Context, createContext } from '../../../util/context.ts';
import { listImages, openImage } from '../../open.ts';
import type { Want } from '../../types.ts';

const short = (ref: string) => ref.replace(/^docker\.io\/(library\/)?/, '');

/** Gives an engine images, each as the tar it exports. */
function fill(
  engine: FakeEngine,
  images: readonly NamedImage[],
  save: (named: NamedImage) => Uint8Array,
  idOf: (named: NamedImage) => Digest,
) {
  for (const named of images) {
    const id = idOf(named);
    engine.state.images.add(id);
    if (named.ref !== undefined) engine.state.names.set(short(named.ref), id);
    engine.state.archives.set(id, save(named));
  }
}

const configId = ({ image }: NamedImage) => (image as BuiltImage).config.descriptor.digest;
const saveAs =
  (kind: 'classic' | 'graphdriver') =>
  ({ ref, image }: NamedImage) =>
    dockerSaveTar([{ ...(ref !== undefined && { ref }), image: image as BuiltImage }], { kind });
const topDigest = ({ image }: NamedImage) => image.digest;
const topOf = ({ image }: NamedImage) => topBlob(image).descriptor.digest;

let address = '';
const opened: AsyncDisposable[] = [];
async function end(engine: FakeEngine): Promise<void> {
  for (const image of opened.splice(0)) await image[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
}
const open = (input: string, want: Want, context: Context) => openImage(input, { ...want, engine: connectEngine }, context);
const conformance = (save: (named: NamedImage) => Uint8Array, idOf: (named: NamedImage) => Digest, keepsManifests: boolean) =>
  testImageSource({
    id: 'local',
    async open(input, want, context) {
      const image = await open(input, want, context);
      opened.push(image); // each keeps a temporary file
      return image;
    },
    list: (input, context) => listImages(input, context, { engine: connectEngine }),
    context: (options) => createContext({ env: { DOCKER_HOST: address }, ...options }),
    keepsManifests,
    needsName: false,
    async place(images) {
      const engine = await startFakeEngine();
      address = engine.address;
      fill(engine, images, save, idOf);
      return { input: (ref) => ({ input: `local://${ref ?? ''}`, want: {} }), [Symbol.asyncDispose]: () => end(engine) };
    },
  });

describe('an engine up to Docker 24', () => conformance(saveAs('classic'), configId, false));
describe('an engine with the containerd store', () => conformance((named) => ociLayoutTar([named]), topDigest, true));

const app = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'a', content: 'a'.repeat(200_000) }] }] });
const arm = buildImage({ layers: [], platform: { os: 'linux', architecture: 'arm64' } });
const ref = 'docker.io/library/app:1';
const contextOf = (engine: FakeEngine, more: Partial<Context> = {}) => createContext({ env: { DOCKER_HOST: engine.address }, ...more });

async function engineWith(images: readonly NamedImage[] = [{ ref, image: app }]): Promise<FakeEngine> {
  const engine = await startFakeEngine();
  fill(engine, images, saveAs('graphdriver'), configId);
  return engine;
}

describe('an image of the engine', () => {
  it.each(['app:1', 'docker.io/library/app:1'])('is found as %s, and has the names that the engine knows', async (input) => {
    await using engine = await engineWith();
    engine.state.names.set(input, app.config.descriptor.digest);
    engine.state.names.set('shop/other:2', app.config.descriptor.digest);
    await using image = await open(`local://${input}`, {}, contextOf(engine));
    expect(image.description).toMatchObject({ name: 'app:1', reference: { registry: 'docker.io', repository: 'library/app', tag: '1' } });
    expect(image.description.aliases).toContain('shop/other:2');
  });

  it('is found by its id, whole or short, and goes by its name', async () => {
    await using engine = await engineWith();
    const id = app.config.descriptor.digest;
    for (const input of [id, id.slice(7, 19)]) {
      await using image = await open(`local://${input}`, {}, contextOf(engine));
      expect(image.description).toMatchObject({ name: 'app:1', configDigest: id });
    }
  });

  it('has the layers that its registry has', async () => {
    await using engine = await engineWith();
    await using server = await startMemoryRegistry();
    await using here = await open('local://app:1', {}, contextOf(engine));
    await using there = await open(`registry://${server.push('app', '1', app)}`, {}, contextOf(engine));
    const told = ({ description }: typeof here) => ({
      config: description.config,
      configDigest: description.configDigest,
      layers: description.layers.map(({ digest: _, size: __, ...layer }) => layer),
    });
    expect(told(here)).toEqual(told(there));
  });

  it('leaves no temporary file behind, neither when it is read nor when it cannot be', async () => {
    const spools = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('plimsoll-local-'));
    const before = await spools();
    await using engine = await engineWith();
    await (await open('local://app:1', {}, contextOf(engine)))[Symbol.asyncDispose]();
    for (const fault of ['breaks off', 'refused'] as const) {
      engine.state.export = fault;
      await expect(open('local://app:1', {}, contextOf(engine))).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
    }
    engine.state.export = 'works';
    engine.state.archives.set(app.config.descriptor.digest, Buffer.from('no tar at all'));
    await expect(open('local://app:1', {}, contextOf(engine))).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
    expect(await spools()).toEqual(before);
  });

  it.each<[string, NamedImage['image'], (named: NamedImage) => Uint8Array, (named: NamedImage) => Digest]>([
    ['of Docker 24', app, saveAs('classic'), configId],
    ['of an index with its provenance', buildImage({ base: app, provenance: { materials: [] } }), (named) => ociLayoutTar([named]), topOf],
  ])('%s that is remembered is exported only when a layer is asked for', async (_, image, save, idOf) => {
    await using engine = await startFakeEngine();
    fill(engine, [{ ref, image }], save, idOf);
    const kept = new Map<string, Uint8Array>();
    const memory = { get: async (key: string) => kept.get(key), set: async (key: string, value: Uint8Array) => void kept.set(key, value) };
    const exports = () => engine.requests.filter((request) => request.endsWith('/get')).length;
    const once = await open('local://app:1', { memory }, contextOf(engine));
    expect(exports()).toBe(1);
    await once[Symbol.asyncDispose]();
    const again = await open('local://app:1', { memory }, contextOf(engine));
    expect(again.description).toEqual(once.description);
    expect(exports()).toBe(1);
    const layers = await Promise.all(again.layers.map((layer) => Array.fromAsync(layer.read())));
    expect(layers.length).toBeGreaterThan(0);
    expect(exports()).toBe(2);
    await again[Symbol.asyncDispose]();
    for (const key of kept.keys()) kept.set(key, Buffer.from('{"version":1}'));
    await (await open('local://app:1', { memory }, contextOf(engine)))[Symbol.asyncDispose]();
    expect(exports()).toBe(3);
  });

  it('that was remembered wrongly is exported again', async () => {
    await using engine = await engineWith();
    const kept = new Map<string, Uint8Array>();
    const memory = { get: async (key: string) => kept.get(key), set: async (key: string, value: Uint8Array) => void kept.set(key, value) };
    await (await open('local://app:1', { memory }, contextOf(engine)))[Symbol.asyncDispose]();
    for (const [key, value] of kept) {
      const shell = JSON.parse(Buffer.from(value).toString());
      for (const digest of Object.keys(shell.blobs)) shell.blobs[digest] = Buffer.from('{}').toString('base64');
      kept.set(key, Buffer.from(JSON.stringify(shell)));
    }
    await using image = await open('local://app:1', { memory }, contextOf(engine));
    expect(image.description.configDigest).toBe(app.config.descriptor.digest);
    expect(engine.requests.filter((request) => request.endsWith('/get'))).toHaveLength(2);
  });

  it('is not exported for a platform it is not made for', async () => {
    await using engine = await engineWith();
    engine.state.platform = 'linux/amd64';
    const wanted = { platform: { os: 'linux', architecture: 'arm64' } };
    await expect(open('local://app:1', wanted, contextOf(engine))).rejects.toMatchObject({
      code: 'PLATFORM_MISSING',
      hint: expect.stringContaining('linux/amd64'),
    });
    expect(engine.requests.some((request) => request.endsWith('/get'))).toBe(false);
  });

  it('is the platform that was pulled, where the engine knows of others', async () => {
    await using engine = await startFakeEngine();
    const index = buildIndex([app, arm]);
    const partly = { ...index, images: [arm] };
    fill(engine, [{ ref, image: partly }], (named) => ociLayoutTar([named]), topDigest);
    await using image = await open('local://app:1', {}, contextOf(engine));
    expect(image.description).toMatchObject({ digest: arm.digest, indexDigest: index.digest });
  });

  it('is said to be missing, and where else it may be', async () => {
    await using engine = await engineWith();
    await expect(open('local://none:1', {}, contextOf(engine))).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
      hint: expect.stringContaining('registry://'),
    });
  });
});

describe('where there is no engine', () => {
  it.each([
    ['none is lent', (input: string, context: Context) => openImage(input, {}, context)],
    ['none listens', (input: string, context: Context) => open(input, {}, context)],
    ['none is found', (input: string, context: Context) => openImage(input, { engine: async () => undefined }, context)],
  ])('%s: local:// says so', async (_, opening) => {
    const context = createContext({ env: { DOCKER_HOST: 'unix:///nowhere/engine.sock' } });
    await expect(opening('local://app:1', context)).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  });

  it.each([
    ['none listens', 'unix:///nowhere/engine.sock'],
    ['its address is not spoken to', 'ssh://elsewhere'],
  ])('%s: a name without prefix is read from its registry, without a word', async (_, host) => {
    await using server = await startMemoryRegistry();
    const diagnostics: unknown[] = [];
    const context = createContext({ env: { DOCKER_HOST: host }, diagnose: (found) => diagnostics.push(found) });
    await using image = await open(server.push('app', '1', app), {}, context);
    expect(image.description.source).toBe('registry');
    expect(diagnostics).toEqual([]);
  });
});

describe('a name without prefix', () => {
  it('is the image of the engine, and the registry is not asked', async () => {
    await using engine = await engineWith();
    await using server = await startMemoryRegistry();
    const at = server.push('app', '1', app);
    engine.state.names.set(at, app.config.descriptor.digest);
    await using image = await open(at, {}, contextOf(engine));
    expect(image.description).toMatchObject({ source: 'local', input: at, name: at });
    expect(server.requests).toEqual([]);
  });

  it.each<[string, (engine: FakeEngine, at: string) => void, Want]>([
    ['the engine has it not', () => {}, {}],
    [
      'the engine has it for another platform',
      (engine, at) => void engine.state.names.set(at, app.config.descriptor.digest),
      { platform: arm.platform },
    ],
    [
      'the engine breaks off',
      (engine, at) => {
        engine.state.names.set(at, app.config.descriptor.digest);
        engine.state.export = 'breaks off';
      },
      {},
    ],
  ])('is read from its registry where %s', async (_, arrange, want) => {
    await using engine = await engineWith();
    await using server = await startMemoryRegistry();
    const at = server.push('team/app', '1', buildIndex([app, arm]));
    arrange(engine, at);
    await using image = await open(at, want, contextOf(engine));
    expect(image.description).toMatchObject({ source: 'registry', digest: want.platform ? arm.digest : app.digest });
  });

  it('with registry:// is never asked of the engine', async () => {
    await using engine = await engineWith();
    await using server = await startMemoryRegistry();
    await using image = await open(`registry://${server.push('app', '1', app)}`, {}, contextOf(engine));
    expect(image.description.source).toBe('registry');
    expect(engine.requests).toEqual([]);
  });
});
