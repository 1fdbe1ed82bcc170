import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import type { Diagnostic } from '@plimsoll/model';
import {
  type BuiltImage,
  blobsOf,
  buildImage,
  dockerSaveTar,
  jsonBlob,
  ociLayoutFiles,
  pack,
  startMemoryRegistry,
  writeFolder,
  writeTar,
} from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLayers } from '../layer/read-layers.ts';
import { createContext } from '../util/context.ts';
import { openImage } from './open.ts';

let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'refusals-test-'));
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

const context = createContext({ env: { DOCKER_CONFIG: '/nowhere', HOME: '/nowhere' } });
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const app = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'a', content: 'a'.repeat(3000) }] }] });
const config = app.config.descriptor;

/** Opens a manifest that lies in a registry beside the blobs of `app`. */
async function opened(document: object, type = MANIFEST) {
  await using server = await startMemoryRegistry();
  server.push('team/app', 'blobs', app);
  const at = server.pushManifest('team/app', '1', jsonBlob(type, document));
  // Types that are not asked for are not given: here each is given as it is stored.
  const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, { ...init, headers: { Accept: type } });
  await using image = await openImage(at, {}, { ...context, fetch });
  return image.description;
}

/** `app` with another type of layer. */
function typed(mediaType: string, image: BuiltImage = app): BuiltImage {
  const layers = image.layers.map((layer) => ({ ...layer, descriptor: { ...layer.descriptor, mediaType } }));
  const manifest = jsonBlob(MANIFEST, {
    ...{ schemaVersion: 2, mediaType: MANIFEST, config: image.config.descriptor },
    layers: layers.map(({ descriptor }) => descriptor),
  });
  return { ...image, layers, manifest, digest: manifest.descriptor.digest };
}

let places = 0;
async function layout(image: BuiltImage, without: readonly string[] = []): Promise<string> {
  const folder = path.join(temporary, `layout-${places++}`);
  await writeFolder(
    folder,
    ociLayoutFiles([{ image }]).filter(({ path: name }) => !without.some((digest) => name.endsWith(digest.slice(7)))),
  );
  return folder;
}

describe('what is no image is named, with a hint', () => {
  const layer = (mediaType: string) => ({ mediaType, digest: app.digest, size: 1 });
  it.each([
    ['a Helm chart', 'application/vnd.cncf.helm.config.v1+json', [layer('application/vnd.cncf.helm.chart.content.v1.tar+gzip')], {}],
    ['a signature', config.mediaType, [layer('application/vnd.dev.cosign.simplesigning.v1+json')], {}],
    ['a signature', 'application/vnd.oci.empty.v1+json', [], { artifactType: 'application/vnd.cncf.notary.signature' }],
    ['an attestation', config.mediaType, [layer('application/vnd.dsse.envelope.v1+json')], {}],
    ['an attestation', config.mediaType, [layer('application/vnd.in-toto+json')], {}],
    ['an attestation', 'application/vnd.oci.empty.v1+json', [], { artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json' }],
    ['an SBOM', config.mediaType, [layer('application/vnd.cyclonedx+json')], {}],
    ['an SBOM', config.mediaType, [layer('text/spdx+json')], {}],
    ['a WebAssembly module', 'application/vnd.wasm.config.v0+json', [layer('application/wasm')], {}],
    ['a WebAssembly module', config.mediaType, [layer('application/vnd.wasm.content.layer.v1+wasm')], {}],
    ['a plugin', 'application/vnd.docker.plugin.v1+json', [], {}],
    ['an artifact, of the type text/of-mine', 'application/vnd.oci.empty.v1+json', [], { artifactType: 'text/of-mine' }],
  ])('%s (config %s)', async (name, type, layers, more) => {
    const document = { schemaVersion: 2, mediaType: MANIFEST, config: { ...config, mediaType: type }, layers, ...more };
    await expect(opened(document)).rejects.toMatchObject({
      code: 'NOT_AN_IMAGE',
      message: expect.stringContaining(name),
      hint: expect.stringMatching(/./),
    });
  });

  it('a manifest of artifacts', async () => {
    const type = 'application/vnd.oci.artifact.manifest.v1+json';
    await expect(opened({ mediaType: type, artifactType: 'application/vnd.cncf.helm.x', blobs: [] }, type)).rejects.toMatchObject({
      code: 'NOT_AN_IMAGE',
      message: expect.stringContaining('Helm'),
    });
  });

  it('a manifest of Docker schema 1', async () => {
    const type = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
    const old = { schemaVersion: 1, name: 'app', tag: '1', fsLayers: [{ blobSum: app.digest }], history: [] };
    await expect(opened(old, type)).rejects.toMatchObject({
      code: 'NOT_AN_IMAGE',
      message: expect.stringContaining('schema 1'),
      hint: expect.stringContaining('push it again'),
    });
  });

  it('a manifest of an unknown type, whose name may hold anything', async () => {
    await expect(opened({ schemaVersion: 2, mediaType: `application/\u001b[31m${'x'.repeat(5000)}` })).rejects.toMatchObject({
      code: 'MEDIA_TYPE_UNKNOWN',
      message: expect.not.stringMatching(/[^ -~]|.{500}/),
    });
  });
});

describe('layers that cannot be read are refused before anything is fetched', () => {
  it.each([
    ['application/vnd.oci.image.layer.v1.tar+gzip+encrypted', 'LAYER_ENCRYPTED', /decrypt/],
    ['application/vnd.oci.image.layer.nondistributable.v1.tar+zstd+encrypted', 'LAYER_ENCRYPTED', /decrypt/],
    ['application/vnd.oci.image.layer.nydus.blob.v1', 'MEDIA_TYPE_UNKNOWN', /convert/],
    ['application/vnd.of-nobody', 'MEDIA_TYPE_UNKNOWN', /convert/],
  ])('%s', async (type, code, hint) => {
    await expect(openImage(await layout(typed(type)), {}, context)).rejects.toMatchObject({ code, hint: expect.stringMatching(hint) });
  });

  it.each([
    'application/vnd.oci.image.layer.v1.tar',
    'application/vnd.oci.image.layer.v1.tar+zstd',
    'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
    'application/vnd.docker.image.rootfs.diff.tar.gzip',
    'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    'application/octet-stream',
    'application/x-tar',
  ])('but not those of %s', async (type) => {
    await using image = await openImage(await layout(typed(type)), {}, context);
    expect(Buffer.concat(await Array.fromAsync(image.layers[0]?.read() ?? []))).toEqual(Buffer.from(app.layers[0]?.bytes ?? []));
  });
});

describe('a foreign layer that is not there', () => {
  const foreign = typed('application/vnd.docker.image.rootfs.foreign.diff.tar.gzip');
  const gone = foreign.layers[0]?.descriptor.digest ?? '';

  it('is said to be foreign: in a folder', async () => {
    await using image = await openImage(await layout(foreign, [gone]), {}, context);
    await expect(Array.fromAsync(image.layers[0]?.read() ?? [])).rejects.toMatchObject({ code: 'LAYER_FOREIGN', hint: expect.any(String) });
  });

  it('in a registry, where the address it names is not asked', async () => {
    await using server = await startMemoryRegistry();
    const layers = foreign.layers.map(({ descriptor }) => ({ ...descriptor, urls: [`http://${server.host}/elsewhere`] }));
    const manifest = jsonBlob(MANIFEST, { schemaVersion: 2, mediaType: MANIFEST, config, layers });
    const blobs = blobsOf(foreign).filter(({ descriptor }) => descriptor.digest !== gone);
    server.push('team/app', '1', { ...foreign, manifest, digest: manifest.descriptor.digest, layers: [] });
    expect(blobs.length).toBeGreaterThan(0);
    await using image = await openImage(`${server.host}/team/app:1`, {}, context);
    await expect(Array.fromAsync(image.layers[0]?.read() ?? [])).rejects.toMatchObject({ code: 'LAYER_FOREIGN' });
    expect(server.requests.some(({ url }) => url.includes('elsewhere'))).toBe(false);
  });

  it('and any other layer is missing by mistake', async () => {
    await using server = await startMemoryRegistry();
    server.push('team/app', '1', { ...app, layers: [] });
    await using image = await openImage(`${server.host}/team/app:1`, {}, context);
    await expect(Array.fromAsync(image.layers[0]?.read() ?? [])).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  });

  it('in an archive', async () => {
    const file = path.join(temporary, 'foreign.tar');
    const hex = config.digest.slice(7);
    const source = { mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', size: 1, digest: gone };
    const saved = [{ Config: `${hex}.json`, RepoTags: null, Layers: ['x/layer.tar'], LayerSources: { [app.diffIds[0] ?? '']: source } }];
    await writeFile(
      file,
      writeTar([
        { path: `${hex}.json`, content: app.config.bytes },
        { path: 'manifest.json', content: JSON.stringify(saved) },
      ]),
    );
    await expect(openImage(file, {}, context)).rejects.toMatchObject({ code: 'LAYER_FOREIGN' });
  });
});

describe('layers of formats that are fetched lazily are read as any other', () => {
  const toc = { path: 'stargz.index.json', content: '{"version":1,"entries":[]}' };
  const skippable = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0]), Buffer.from('toc!')]);
  const file = { path: 'app/main.js', content: 'main()\n'.repeat(500) };

  async function entriesOf(image: BuiltImage): Promise<readonly string[]> {
    await using opened = await openImage(await layout(image), {}, context);
    const cache = { get: async () => undefined, set: async () => {} };
    const facts = await readLayers(opened, { cache, context });
    return facts.flatMap(({ entries }) => entries.map(({ path: name }) => name));
  }

  it('estargz: many members of gzip, the table of contents an entry', async () => {
    const files = [{ path: '.no.prefetch.landmark', content: '\u000f' }, file, toc];
    const image = buildImage({ layers: [{ createdBy: 'COPY', files }], compression: 'gzip-members' });
    expect(await entriesOf(image)).toContain('app/main.js');
  });

  it('zstd:chunked: many frames, the table of contents in a skippable one at the end', async () => {
    const built = buildImage({ layers: [{ createdBy: 'COPY', files: [file] }], compression: 'none' });
    const [layer] = built.layers;
    if (!layer) throw new Error('no layer');
    const half = layer.tar.length >> 1;
    const bytes = Buffer.concat([
      zstdCompressSync(layer.tar.subarray(0, half)),
      skippable,
      zstdCompressSync(layer.tar.subarray(half)),
      skippable,
    ]);
    const blob = jsonBlob('application/vnd.oci.image.layer.v1.tar+zstd', {});
    const { createHash } = await import('node:crypto');
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}` as const;
    const stored = { ...layer, bytes, descriptor: { ...blob.descriptor, digest, size: bytes.length } };
    expect(await entriesOf(typed('application/vnd.oci.image.layer.v1.tar+zstd', { ...built, layers: [stored] }))).toContain('app/main.js');
  });
});

describe('an image of another system', () => {
  it('is opened, and what is not read of it is said', async () => {
    const windows = buildImage({
      layers: [{ createdBy: 'COPY', files: [{ path: 'Files/a', content: '' }] }],
      platform: { os: 'windows', architecture: 'amd64' },
    });
    const diagnostics: Diagnostic[] = [];
    await using image = await openImage(await layout(windows), {}, { ...context, diagnose: (found) => diagnostics.push(found) });
    expect(image.description.platform.os).toBe('windows');
    expect(diagnostics).toMatchObject([{ code: 'PLATFORM_NOT_READ', message: expect.stringContaining('windows/amd64') }]);
  });

  it('of Linux has nothing to say', async () => {
    const diagnostics: Diagnostic[] = [];
    const file = path.join(temporary, 'plain.tar');
    await writeFile(file, pack(dockerSaveTar([{ image: app }], { kind: 'classic' }), 'none'));
    await using _ = await openImage(file, {}, { ...context, diagnose: (found) => diagnostics.push(found) });
    expect(diagnostics).toEqual([]);
  });
});
