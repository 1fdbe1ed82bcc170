import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Context, createContext, type Image, listImages, openImage } from '@plimsoll/core';
import { platformName } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { readLayer } from '../../packages/core/src/layer/read-layer.ts';

const data = path.resolve(import.meta.dirname, '../../../shared/data/images');
const present = existsSync(data);
if (!present) console.log(`test/data/formats: skipped, ${data} is not there`);

const formats = path.join(data, 'chain/formats');
const context: Context = createContext({ env: {}, offline: true });

/** Each layer read to its end, both digests checked on the way: what it holds, by diffID. */
async function contentOf(image: Image): Promise<readonly { readonly diffId: string; readonly entries: readonly unknown[] }[]> {
  const layers = [];
  for (const { layer, read } of image.layers) layers.push({ diffId: layer.diffId, entries: (await readLayer(read(), layer)).entries });
  return layers;
}

describe.runIf(present)('one image, every packing', () => {
  it.each([
    [
      'as Docker 20.10 built it with BuildKit',
      [
        'docker-20.10-buildkit-save.tar',
        'docker-20.10-buildkit-save.tar.gz',
        'docker-20.10-buildkit-save.tar.zst',
        'docker-26.1-graphdriver-save.tar',
        'skopeo-dir',
        'skopeo-oci-archive.tar',
        'oci-dir-zstd',
      ],
    ],
    [
      'as Docker 28 built it',
      [
        'docker-28.5-containerd-store-save-provenance.tar',
        'buildkit-type-docker.tar',
        'buildkit-oci-gzip.tar',
        'buildkit-oci-zstd.tar',
        'buildkit-oci-uncompressed.tar',
        'buildkit-oci-zstd-provenance.tar',
      ],
    ],
  ])('%s', async (_, files) => {
    const [expected, ...others] = await Promise.all(
      files.map(async (file) => {
        await using image = await openImage(path.join(formats, file), {}, context);
        const { layers, historyReliable, platform } = image.description;
        const history = layers.map(({ createdBy, emptyLayer, diffId, chainId }) => ({ createdBy, emptyLayer, diffId, chainId }));
        return { history, historyReliable, platform, content: await contentOf(image) };
      }),
    );
    expect(expected?.content).toHaveLength(10);
    expect(expected?.content.filter(({ entries }) => entries.length > 0).length).toBeGreaterThanOrEqual(9); // one may be a WORKDIR
    for (const other of others) expect(other).toEqual(expected);
  });

  it('several images in one archive are those that are saved alone', async () => {
    const multi = path.join(formats, 'docker-20.10-multi-image.tar');
    for (const [ref, alone] of [
      ['wh20:0', 'docker-20.10-classic-save.tar'],
      ['dup:1', 'docker-20.10-duplicate-layer-symlink.tar'],
    ] as const) {
      await using one = await openImage(multi, { ref }, context);
      await using other = await openImage(path.join(formats, alone), {}, context);
      expect(one.description.digest).toBe(other.description.digest);
      expect(await contentOf(one)).toEqual(await contentOf(other));
    }
  });

  it('a layer that is there twice is a link to the first', async () => {
    await using image = await openImage(path.join(formats, 'docker-20.10-duplicate-layer-symlink.tar'), {}, context);
    const content = await contentOf(image);
    expect(content).toHaveLength(5);
    expect(content[4]).toEqual(content[2]);
  });

  it('an image without layers', async () => {
    await using image = await openImage(path.join(formats, 'docker-28-empty-image-layers-null.tar'), {}, context);
    expect(image.layers).toEqual([]);
    expect(image.description.layers.map(({ emptyLayer }) => emptyLayer)).toEqual([true, true]);
  });

  it.each(['docker-28.5-containerd-store-save-provenance.tar', 'buildkit-oci-zstd-provenance.tar'])(
    '%s: the provenance names its base',
    async (file) => {
      await using image = await openImage(path.join(formats, file), {}, context);
      expect(image.description.provenance?.materials.length).toBeGreaterThan(0);
      expect(image.description.provenance?.materials[0]?.uri).toMatch(/^pkg:docker\//);
    },
  );

  it.each([
    ['docker-20.10-buildkit-save.tar.xz', 'COMPRESSION_UNSUPPORTED', /xz/],
    ['docker-export-plain-rootfs.tar', 'NOT_AN_IMAGE', /root file system/],
    ['buildkit-type-tar-rootfs.tar', 'NOT_AN_IMAGE', /root file system/],
    ['docker-20.10-multi-image.tar', 'REFERENCE_AMBIGUOUS', /several/],
    ['docker-20.10-import-and-commit.tar', 'REFERENCE_AMBIGUOUS', /several/],
  ])('%s is refused in words', async (file, code, message) => {
    const opened = openImage(path.join(formats, file), {}, context);
    await expect(opened).rejects.toMatchObject({ code, message: expect.stringMatching(message), hint: expect.stringMatching(/\S/) });
  });
});

describe.runIf(present)('every image of a folder', () => {
  it.each([
    ['chain/alpine.oci', 19],
    ['chain/debian-thin.oci', 18],
    ['busybox/busybox-1.37.0-glibc-multi', 8],
    ['busybox/busybox-1.38.0-musl-multi', 8],
    ['rpm/ubi8-like-rpmdb-bdb.tar', 1],
    ['rpm/sle15-bci-rpmdb-ndb.tar', 1],
    ['rpm/amazonlinux-2023-rpmdb-sqlite.tar', 1],
  ])('%s: each layer is what its digests say', async (place, count) => {
    const diagnostics: unknown[] = [];
    const seen = new Set<string>();
    let images = 0;
    const listening = createContext({ env: {}, offline: true, diagnose: (found) => diagnostics.push(found) });
    for await (const image of listImages(path.join(data, place), listening)) {
      images += 1;
      expect(image.description.historyReliable).toBe(true);
      for (const { layer, read, locate } of image.layers) {
        if (seen.has(layer.digest)) continue;
        seen.add(layer.digest);
        expect((await readLayer(read(), layer)).diffId).toBe(layer.diffId);
        expect(await locate()).toMatchObject({ length: layer.size });
      }
    }
    expect(diagnostics).toEqual([]);
    expect(images).toBe(count);
  });

  it('a platform of busybox is chosen; one that is not there is missing, with those that are', async () => {
    const folder = path.join(data, 'busybox/busybox-1.37.0-glibc-multi');
    const { platforms } = (await openImage(folder, {}, context)).description;
    expect(platforms.length).toBeGreaterThan(1);
    for (const platform of platforms) {
      const { description } = await openImage(folder, { platform }, context);
      expect(platformName(description.platform)).toBe(platformName(platform));
    }
    const missing = openImage(folder, { platform: { os: 'plan9', architecture: 'mips' } }, context);
    await expect(missing).rejects.toMatchObject({ code: 'PLATFORM_MISSING', hint: expect.stringContaining('linux/amd64') });
  });
});
