import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import {
  type BuiltImage,
  buildImage,
  dockerSaveTar,
  type FileSpec,
  type NamedImage,
  ociLayoutTar,
  pack,
  writeTar,
} from '@plimsoll/testkit';
import { testImageSource } from '@plimsoll/testkit/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../../util/context.ts';
import { listImages, openImage } from '../../open.ts';

let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'archive-test-'));
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

let files = 0;
const context = createContext();

/** Writes bytes to a new file and returns its path. */
async function place(bytes: Uint8Array): Promise<string> {
  const file = path.join(temporary, `${files++}.tar`);
  await writeFile(file, bytes);
  return file;
}

function conformance(write: (images: readonly NamedImage[]) => Uint8Array, keepsManifests: boolean): void {
  testImageSource({
    id: 'archive',
    open: openImage,
    list: listImages,
    context: createContext,
    keepsManifests,
    needsName: true,
    async place(images) {
      const file = await place(write(images));
      return { input: (ref) => ({ input: file, want: ref === undefined ? {} : { ref } }), async [Symbol.asyncDispose]() {} };
    },
  });
}

const onlyImages = (images: readonly NamedImage[]) => images as readonly { readonly ref?: string; readonly image: BuiltImage }[];

describe('docker save up to 24', () => conformance((images) => dockerSaveTar(onlyImages(images), { kind: 'classic' }), false));
describe('docker save up to 24, gzip around it', () =>
  conformance((images) => dockerSaveTar(onlyImages(images), { kind: 'classic', compression: 'gzip' }), false));
describe('an OCI layout in a tar', () => conformance((images) => ociLayoutTar(images), true));
describe('an OCI layout in a tar, zstd around it', () => conformance((images) => ociLayoutTar(images, 'zstd-frames'), true));

const app = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'a', content: 'a' }] }] });
const ref = 'docker.io/library/app:1';
const saved = [{ ref, image: app }];

describe('what an engine saves', () => {
  it.each(['classic', 'graphdriver', 'containerd'] as const)('%s: name, layers and their bytes', async (kind) => {
    const input = await place(dockerSaveTar(saved, { kind }));
    const image = await openImage(input, {}, context);
    expect(image.description).toMatchObject({ name: 'app:1', reference: { registry: 'docker.io', repository: 'library/app', tag: '1' } });
    expect(image.layers.map(({ layer }) => layer.diffId)).toEqual(app.diffIds);
    const stored = kind === 'containerd' ? app.layers[0]?.bytes : app.layers[0]?.tar;
    expect(Buffer.concat(await Array.fromAsync(image.layers[0]?.read() ?? []))).toEqual(Buffer.from(stored ?? []));
  });

  it.each(['classic', 'graphdriver'] as const)('%s: a layer can be read in place', async (kind) => {
    const input = await place(dockerSaveTar(saved, { kind }));
    const image = await openImage(input, {}, context);
    expect(await image.layers[0]?.locate()).toMatchObject({ file: input, length: app.layers[0]?.tar.length });
  });

  it.each(['graphdriver', 'containerd'] as const)('%s: several images, chosen by name or tag', async (kind) => {
    const other = buildImage({ base: app, layers: [{ createdBy: 'RUN', files: [{ path: 'b', content: '' }] }] });
    const input = await place(dockerSaveTar([...saved, { ref: 'docker.io/library/app:2', image: other }], { kind }));
    for (const wanted of ['app:2', '2', 'docker.io/library/app:2']) {
      expect((await openImage(input, { ref: wanted }, context)).description.configDigest).toBe(other.config.descriptor.digest);
    }
    await expect(openImage(input, {}, context)).rejects.toMatchObject({
      code: 'REFERENCE_AMBIGUOUS',
      hint: expect.stringContaining('app:2'),
    });
  });

  it('an image without layers has "Layers": null', async () => {
    const empty = buildImage({ layers: [{ createdBy: 'CMD', empty: true }] });
    const tar = writeTar([
      { path: 'config.json', content: empty.config.bytes },
      { path: 'manifest.json', content: JSON.stringify([{ Config: 'config.json', RepoTags: null, Layers: null }]) },
    ]);
    const input = await place(tar);
    const { description } = await openImage(input, {}, context);
    expect(description).toMatchObject({ name: input, layers: [{ emptyLayer: true }], size: 0 });
  });

  it('the manifest of an archive that has none is always the same, and is of the layers as they lie there', async () => {
    await using image = await openImage(await place(dockerSaveTar(saved, { kind: 'classic' })), {}, context);
    await using zipped = await openImage(await place(dockerSaveTar(saved, { kind: 'classic', compression: 'zstd' })), {}, context);
    expect(image.description.digest).toBe(zipped.description.digest);
    expect(image.description.layers[0]).toMatchObject({ digest: app.diffIds[0], size: app.layers[0]?.tar.length });
  });

  it('a layer that is stored compressed has the digest of what is stored', async () => {
    const [layer] = app.layers;
    const tar = writeTar([
      { path: 'config.json', content: app.config.bytes },
      { path: 'layer.tar.gz', content: layer?.bytes ?? '' },
      { path: 'manifest.json', content: JSON.stringify([{ Config: 'config.json', Layers: ['layer.tar.gz'] }]) },
    ]);
    const image = await openImage(await place(tar), {}, context);
    expect(image.layers[0]?.descriptor).toMatchObject({ digest: layer?.descriptor.digest, size: layer?.descriptor.size });
  });
});

describe('what is no such archive', () => {
  const manifest = (value: unknown): FileSpec => ({ path: 'manifest.json', content: JSON.stringify(value) });
  const config: FileSpec = { path: 'config.json', content: app.config.bytes };

  it.each<[string, Uint8Array, string, RegExp]>([
    [
      'the root file system of docker export',
      writeTar([
        { path: 'bin', link: 'usr/bin' },
        { path: 'etc/passwd', content: '' },
      ]),
      'NOT_AN_IMAGE',
      /root file system/,
    ],
    ['a tar of something else', writeTar([{ path: 'README', content: '' }]), 'NOT_AN_IMAGE', /something else/],
    ['no tar', Buffer.from('hello '.repeat(1000)), 'ARCHIVE_UNREADABLE', /no tar/],
    ['an empty file', Buffer.alloc(0), 'ARCHIVE_UNREADABLE', /nothing/],
    ['a tar of nothing', writeTar([]), 'ARCHIVE_UNREADABLE', /nothing/],
    ['gzip that stops', pack(writeTar([{ path: 'a', content: 'abc'.repeat(999) }]), 'gzip').subarray(0, 40), 'ARCHIVE_UNREADABLE', /gzip/],
    ['a manifest that is no JSON', writeTar([{ path: 'manifest.json', content: '[' }]), 'MANIFEST_INVALID', /malformed/],
    ['a manifest of another shape', writeTar([manifest({ Config: 'x' })]), 'MANIFEST_INVALID', /malformed/],
    ['a manifest without images', writeTar([manifest([])]), 'IMAGE_NOT_FOUND', /does not hold/],
    ['a config that is missing', writeTar([manifest([{ Config: 'x.json', Layers: [] }])]), 'BLOB_MISSING', /x\.json/],
    [
      'a layer that is missing',
      writeTar([config, manifest([{ Config: 'config.json', Layers: ['x/layer.tar'] }])]),
      'BLOB_MISSING',
      /layer\.tar/,
    ],
    [
      'fewer layers than the config has',
      writeTar([config, manifest([{ Config: 'config.json', Layers: [] }])]),
      'MANIFEST_INVALID',
      /0 layers/,
    ],
    [
      'a layer link that goes in a circle',
      writeTar([config, { path: 'a', link: 'b' }, { path: 'b', link: 'a' }, manifest([{ Config: 'config.json', Layers: ['a'] }])]),
      'BLOB_MISSING',
      /layer a/,
    ],
    [
      'a layer link that leads out of the archive',
      writeTar([config, { path: 'a', link: '/etc/passwd' }, manifest([{ Config: 'config.json', Layers: ['a'] }])]),
      'BLOB_MISSING',
      /layer a/,
    ],
    [
      'a layer that lies outside of the archive',
      writeTar([config, manifest([{ Config: 'config.json', Layers: ['../../../../etc/passwd'] }])]),
      'BLOB_MISSING',
      /etc\/passwd/,
    ],
  ])('%s is refused', async (_, bytes, code, message) => {
    const input = await place(bytes);
    await expect(openImage(input, {}, context)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('an archive that is all zeros when unpacked does not fill the disk', async () => {
    const opened = openImage(await place(zstdCompressSync(Buffer.alloc(100_000_000))), {}, context);
    await expect(opened).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it.each([
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0])],
    ['bzip2', Buffer.from('BZh91AY&SY')],
  ])('%s around the archive is named, and what to do', async (name, bytes) => {
    const opened = openImage(await place(bytes), {}, context);
    await expect(opened).rejects.toMatchObject({
      code: 'COMPRESSION_UNSUPPORTED',
      message: expect.stringContaining(name),
      hint: /unpack|pack/,
    });
  });

  it('an archive that stops in the middle says so', async () => {
    const input = await place(
      dockerSaveTar([{ ref, image: buildImage({ layers: [{ createdBy: 'x', files: [{ path: 'a', content: 'x'.repeat(9000) }] }] }) }], {
        kind: 'classic',
      }),
    );
    await truncate(input, 4000);
    await expect(openImage(input, {}, context)).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
  });

  it('a folder is no archive, and the hint says what it is', async () => {
    const folder = path.join(temporary, 'folder');
    await mkdir(folder);
    const opened = openImage(`archive://${folder}`, {}, context);
    await expect(opened).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE', hint: expect.stringContaining('oci-dir') });
  });

  it('a file that is not there', async () => {
    await expect(openImage(`archive://${temporary}/none`, {}, context)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });
});

it('reads an archive that GNU tar repacked, with long names and a folder prefix', async () => {
  const folder = path.join(temporary, 'repacked');
  await mkdir(folder);
  const source = await place(dockerSaveTar(saved, { kind: 'classic' }));
  execFileSync('tar', ['-xf', source, '-C', folder]);
  const file = path.join(temporary, 'repacked.tar');
  execFileSync('tar', ['--format=gnu', '-cf', file, '-C', folder, '.']);
  const image = await openImage(file, {}, context);
  expect(image.layers.map(({ layer }) => layer.diffId)).toEqual(app.diffIds);
});

it('leaves no temporary file behind, neither when it reads nor when it fails', async () => {
  const spools = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('plimsoll-archive-'));
  const before = await spools();
  await (await openImage(await place(dockerSaveTar(saved, { kind: 'classic', compression: 'gzip' })), {}, context))[Symbol.asyncDispose]();
  await expect(openImage(await place(pack(writeTar([{ path: 'x', content: '' }]), 'gzip')), {}, context)).rejects.toThrow();
  await expect(openImage(await place(Buffer.from([0x1f, 0x8b, 8, 0])), {}, context)).rejects.toThrow();
  expect(await spools()).toEqual(before);
});
