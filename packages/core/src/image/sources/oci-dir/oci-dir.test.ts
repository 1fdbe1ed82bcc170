import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  buildImage,
  buildIndex,
  jsonBlob,
  ociLayoutFiles,
  ociLayoutTar,
  writeFolder,
  writeOciLayout,
  writeSkopeoDir,
} from '@plimsoll/testkit';
import { testImageSource } from '@plimsoll/testkit/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../../util/context.ts';
import { listImages, openImage } from '../../open.ts';

let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'oci-dir-test-'));
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

let places = 0;
const newPlace = () => path.join(temporary, `place-${places++}`);
const context = createContext();

const common = { id: 'oci-dir', open: openImage, list: listImages, context: createContext, keepsManifests: true, needsName: true };

testImageSource({
  ...common,
  async place(images) {
    const folder = newPlace();
    await writeOciLayout(folder, images);
    return { input: (ref) => ({ input: folder, want: ref === undefined ? {} : { ref } }), async [Symbol.asyncDispose]() {} };
  },
});

testImageSource({
  ...common,
  async place(images) {
    const file = newPlace();
    await writeFile(file, ociLayoutTar(images, 'zstd'));
    return { input: (ref) => ({ input: `oci-dir://${file}`, want: ref === undefined ? {} : { ref } }), async [Symbol.asyncDispose]() {} };
  },
});

const app = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'a', content: 'a' }] }] });
const other = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'b', content: 'b' }] }] });
const arm = buildImage({
  layers: [{ createdBy: 'COPY', files: [{ path: 'c', content: 'c' }] }],
  platform: { os: 'linux', architecture: 'arm64' },
});

describe('names', () => {
  it.each([
    ['the ref name', 'alpine_3.20'],
    ['the digest of its manifest', app.digest],
  ])('an image is chosen by %s', async (_, ref) => {
    const folder = newPlace();
    await writeOciLayout(folder, [
      { ref: 'alpine_3.20', image: app },
      { ref: 'other', image: other },
    ]);
    const { description } = await openImage(folder, { ref }, context);
    expect(description).toMatchObject({ digest: app.digest, name: 'alpine_3.20', aliases: [] });
  });

  it('an image with two names is one image, the second name its alias', async () => {
    const folder = newPlace();
    await writeOciLayout(folder, [
      { ref: 'one', image: app },
      { ref: 'two', image: app },
    ]);
    const { description } = await openImage(folder, {}, context);
    expect(description).toMatchObject({ name: 'one', aliases: ['two'] });
  });

  it('an image is chosen by its tag, and by the name people write', async () => {
    const folder = newPlace();
    await writeOciLayout(folder, [
      { ref: 'docker.io/library/app:1.2', image: app },
      { ref: 'docker.io/library/app:1.3', image: other },
    ]);
    for (const ref of ['1.2', 'app:1.2', 'docker.io/library/app:1.2']) {
      const { description } = await openImage(folder, { ref }, context);
      expect(description).toMatchObject({ digest: app.digest, name: 'app:1.2', reference: { repository: 'library/app', tag: '1.2' } });
    }
  });

  it('an index is chosen by its digest', async () => {
    const folder = newPlace();
    const index = buildIndex([arm, app]);
    await writeOciLayout(folder, [
      { ref: 'multi', image: index },
      { ref: 'other', image: other },
    ]);
    const { description } = await openImage(folder, { ref: index.digest }, context);
    expect(description).toMatchObject({ digest: app.digest, indexDigest: index.digest });
  });

  it('a name with the digest of an index or of a manifest means that digest; so does the digest of an index around the index', async () => {
    const folder = newPlace();
    const inner = buildIndex([arm, app]);
    const outer = jsonBlob(inner.index.descriptor.mediaType, { schemaVersion: 2, manifests: [inner.index.descriptor] });
    const nested = { kind: 'index' as const, digest: outer.descriptor.digest, index: outer, images: [arm, app] };
    await writeOciLayout(folder, [
      { ref: 'multi', image: nested },
      { ref: 'other', image: other },
    ]);
    await writeFolder(folder, [{ path: `blobs/${inner.digest.replace(':', '/')}`, content: inner.index.bytes }]);
    for (const [ref, expected] of [
      [outer.descriptor.digest, app.digest],
      [`multi@${inner.digest}`, app.digest],
      [`multi@${arm.digest}`, arm.digest],
      [arm.digest, arm.digest],
    ] as const) {
      expect((await openImage(folder, { ref }, context)).description.digest).toBe(expected);
    }
    await expect(openImage(folder, { ref: `multi@sha256:${'0'.repeat(64)}` }, context)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  it('manifests without a name but with platforms are one image', async () => {
    const folder = newPlace();
    await writeOciLayout(folder, [{ image: arm }, { image: app }]);
    const { description } = await openImage(folder, { platform: arm.platform }, context);
    expect(description.digest).toBe(arm.digest);
  });

  it('an index within an index is followed', async () => {
    const inner = buildIndex([app]);
    const outer = jsonBlob(inner.index.descriptor.mediaType, { schemaVersion: 2, manifests: [inner.index.descriptor] });
    const folder = newPlace();
    await writeOciLayout(folder, [{ image: { kind: 'index', digest: outer.descriptor.digest, index: outer, images: [app] } }]);
    await writeFolder(folder, [{ path: `blobs/${inner.digest.replace(':', '/')}`, content: inner.index.bytes }]);
    const { description } = await openImage(folder, {}, context);
    expect(description).toMatchObject({ digest: app.digest, indexDigest: inner.digest });
  });

  it('an index that names itself does not go on for ever', async () => {
    const folder = newPlace();
    await writeOciLayout(folder, [{ image: app }]);
    const descriptor = { mediaType: 'application/vnd.oci.image.index.v1+json', digest: app.digest, size: 1 };
    const loop = JSON.stringify({ schemaVersion: 2, manifests: [descriptor, descriptor] });
    await writeFolder(folder, [
      { path: 'index.json', content: loop },
      { path: `blobs/${app.digest.replace(':', '/')}`, content: loop },
    ]);
    await expect(openImage(folder, {}, context)).rejects.toThrow();
  });
});

describe('a folder that is no whole layout', () => {
  it.each([
    ['without an index', 'index.json', undefined, 'ARCHIVE_UNREADABLE'],
    ['with an index that is no JSON', 'index.json', '{', 'MANIFEST_INVALID'],
    ['with an index of something else', 'index.json', '[]', 'MANIFEST_INVALID'],
    ['with an index without images', 'index.json', '{"manifests":[]}', 'IMAGE_NOT_FOUND'],
    [
      'with an index whose digest would lead elsewhere',
      'index.json',
      '{"manifests":[{"digest":"sha256:../../x","size":1}]}',
      'MANIFEST_INVALID',
    ],
    ['without its manifest', `blobs/${app.digest.replace(':', '/')}`, undefined, 'BLOB_MISSING'],
    ['without its config', `blobs/${app.config.descriptor.digest.replace(':', '/')}`, undefined, 'BLOB_MISSING'],
  ])('%s is refused', async (_, file, content, code) => {
    const folder = newPlace();
    const files = ociLayoutFiles([{ image: app }]).filter(({ path: name }) => name !== file);
    await writeFolder(folder, content === undefined ? files : [...files, { path: file, content }]);
    await expect(openImage(folder, {}, context)).rejects.toMatchObject({ code });
  });

  it('one without a layer opens, and reading the layer says that it is missing', async () => {
    const folder = newPlace();
    const gone = `blobs/${app.layers[0]?.descriptor.digest.replace(':', '/')}`;
    await writeFolder(
      folder,
      ociLayoutFiles([{ image: app }]).filter(({ path: name }) => name !== gone),
    );
    const image = await openImage(folder, {}, context);
    const read = Array.fromAsync(image.layers[0]?.read() ?? []);
    await expect(read).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  });

  it('one that is not there is said to be missing', async () => {
    await expect(openImage(newPlace(), {}, context)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    await expect(openImage(`oci-dir://${newPlace()}`, {}, context)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });
});

describe("skopeo's dir: folder", () => {
  it('is read and listed', async () => {
    const folder = newPlace();
    await writeSkopeoDir(folder, app);
    const image = await openImage(folder, {}, context);
    expect(image.description).toMatchObject({ digest: app.digest, configDigest: app.config.descriptor.digest, source: 'oci-dir' });
    expect(Buffer.concat(await Array.fromAsync(image.layers[0]?.read() ?? []))).toEqual(Buffer.from(app.layers[0]?.bytes ?? []));
    const digests = await Array.fromAsync(listImages(folder, context), ({ description }) => description.digest);
    expect(digests).toEqual([app.digest]);
  });
});

it('leaves no temporary file behind, neither when it reads nor when it fails', async () => {
  const spools = async () => (await readdir(tmpdir())).filter((name) => name.startsWith(`plimsoll-archive-`));
  const before = await spools();
  const file = newPlace();
  await writeFile(
    file,
    ociLayoutTar(
      [
        { ref: 'a', image: app },
        { ref: 'b', image: other },
      ],
      'gzip',
    ),
  );
  await (await openImage(`oci-dir://${file}`, { ref: 'a' }, context))[Symbol.asyncDispose]();
  await expect(openImage(`oci-dir://${file}`, {}, context)).rejects.toMatchObject({ code: 'REFERENCE_AMBIGUOUS' });
  for await (const _ of listImages(`oci-dir://${file}`, context)) break;
  expect(await spools()).toEqual(before);
});
