import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobsOf, buildImage, buildIndex, topOf } from './image-builder.ts';
import { dockerSaveTar, ociLayoutTar, writeOciLayout } from './image-builder-layouts.ts';
import { digestOf, writeTar } from './image-builder-tar.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'image-builder-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const base = buildImage({
  layers: [{ createdBy: 'ADD', files: [{ path: 'a', content: 'a' }] }],
  config: { env: ['PATH=/bin', 'A=1'], cmd: ['sh'] },
});

/** Entries as another reader sees them. */
async function entriesOf(tar: Uint8Array): Promise<readonly unknown[]> {
  const reader = extract();
  reader.end(tar);
  const found = [];
  for await (const entry of reader) {
    const { name, type, linkname, mode } = entry.header;
    found.push({
      name,
      type,
      mode,
      ...(linkname && { linkname }),
      content: Buffer.concat(await Array.fromAsync(entry as AsyncIterable<Uint8Array>)).toString(),
    });
  }
  return found;
}

it('writes tars that another reader reads', async () => {
  const long = 'folder/'.repeat(20);
  const tar = writeTar([
    { path: 'etc/', directory: true },
    { path: 'etc/x', content: 'text', mode: 0o755 },
    { path: `${long}ä`, content: '' },
    { path: 'link', link: `/${long}ä` },
    { path: 'hard', hardlink: 'etc/x' },
    { path: 'etc/gone', whiteout: true },
    { path: 'gone', whiteout: true },
    { path: 'etc', opaque: true },
  ]);
  expect(await entriesOf(tar)).toEqual([
    { name: 'etc/', type: 'directory', mode: 0o755, content: '' },
    { name: 'etc/x', type: 'file', mode: 0o755, content: 'text' },
    { name: `${long}ä`, type: 'file', mode: 0o644, content: '' },
    { name: 'link', type: 'symlink', mode: 0o777, linkname: `/${long}ä`, content: '' },
    { name: 'hard', type: 'link', mode: 0o644, linkname: 'etc/x', content: '' },
    { name: 'etc/.wh.gone', type: 'file', mode: 0o600, content: '' },
    { name: '.wh.gone', type: 'file', mode: 0o600, content: '' },
    { name: 'etc/.wh..wh..opq', type: 'file', mode: 0o755, content: '' },
  ]);
});

describe('an image', () => {
  it('is the same each time, and another where a word differs', () => {
    const spec = { base, layers: [{ createdBy: 'RUN', files: [{ path: 'b', content: 'b' }] }] };
    expect(buildImage(spec).digest).toBe(buildImage(spec).digest);
    expect(buildImage({ ...spec, labels: { a: 'b' } }).digest).not.toBe(buildImage(spec).digest);
  });

  it('takes over what its base has', () => {
    const app = buildImage({ base, layers: [{ createdBy: 'ENV', empty: true }], config: { env: ['A=2', 'B=3'] }, labels: { x: 'y' } });
    expect(app.diffIds).toEqual(base.diffIds);
    expect(JSON.parse(Buffer.from(app.config.bytes).toString())).toMatchObject({
      config: { Env: ['PATH=/bin', 'A=2', 'B=3'], Cmd: ['sh'], Labels: { x: 'y' } },
      history: [{ created_by: 'ADD' }, { created_by: 'ENV', empty_layer: true }],
    });
  });

  it('has blobs that are what their digests say, each once', () => {
    const attested = buildImage({ base, provenance: { materials: [] } });
    for (const image of [base, attested, buildIndex([base, attested])]) {
      const blobs = blobsOf(image);
      expect(new Set(blobs.map(({ descriptor }) => descriptor.digest)).size).toBe(blobs.length);
      for (const { descriptor, bytes } of blobs) expect(descriptor).toMatchObject({ digest: digestOf(bytes), size: bytes.length });
      expect(blobs.at(-1)).toEqual(topOf(image));
    }
  });
});

it('shares blobs of images in one layout', async () => {
  const names = async (images: Parameters<typeof ociLayoutTar>[0]) => (await entriesOf(ociLayoutTar(images))).length;
  const app = buildImage({ base, layers: [{ createdBy: 'RUN', files: [{ path: 'b', content: '' }] }] });
  expect(await names([{ image: base }, { image: app }])).toBe((await names([{ image: base }])) + 3);
  await writeOciLayout(path.join(folder, 'layout'), [{ ref: 'a', image: base }]);
  await expect(writeOciLayout(path.join(folder, 'layout'), [{ ref: 'a', image: base }])).resolves.toBeUndefined();
});

it('docker save links a repeated layer to the first', async () => {
  const files = [{ path: 'a', content: 'a' }];
  const twice = buildImage({
    layers: [
      { createdBy: '1', files },
      { createdBy: '2', files },
    ],
  });
  const entries = await entriesOf(dockerSaveTar([{ ref: 'a:1', image: twice }], { kind: 'classic' }));
  expect(entries).toContainEqual(
    expect.objectContaining({ type: 'symlink', linkname: expect.stringMatching(/^\.\.\/[0-9a-f]{64}\/layer\.tar$/) }),
  );
});
