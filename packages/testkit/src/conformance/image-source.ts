import type { Diagnostic } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { buildImage } from '../image-builder.ts';
import { testKeptManifests } from './image-source-manifests.ts';
import { app, base, bytesOf, type ImageSourceCase, root, sha256, useSource, withLayer } from './image-source-setup.ts';

/** What every image source owes its callers. Call it at the top of the source's test. */
export function testImageSource(source: ImageSourceCase): void {
  const { open, fault } = useSource(source);

  describe(`${source.id}: as every image source`, () => {
    it('gives the image as it was built', async () => {
      const { place, image, at } = await open([{ ref: `${root}/app:1`, image: app }], `${root}/app:1`);
      await using _ = place;
      await using __ = image;
      const { description } = image;
      expect(description.source).toBe(source.id);
      expect(description.input).toBe(at.input);
      expect(description.configDigest).toBe(app.config.descriptor.digest);
      expect(description.platform).toEqual({ os: 'linux', architecture: 'amd64' });
      expect(description.layers.map(({ createdBy, emptyLayer }) => [createdBy, emptyLayer])).toEqual([
        ['ADD rootfs.tar /', false],
        ['CMD ["sh"]', true],
        ['WORKDIR /app', true],
        ['COPY . /app', false],
        ['RUN rm', false],
      ]);
      expect(description.layers[2]?.created).toBe('2024-05-01T10:00:00Z');
      expect(description.layers.flatMap(({ diffId }) => diffId ?? [])).toEqual(app.diffIds);
      expect(description.layers.flatMap(({ chainId }) => chainId ?? [])).toEqual(app.chainIds);
      expect(description.historyReliable).toBe(true);
      expect(description.config).toEqual({
        user: '1000',
        env: ['PATH=/bin', 'MODE=x'],
        entrypoint: [],
        cmd: ['sh'],
        workingDir: '/app',
        exposedPorts: ['80/tcp'],
        labels: { maker: 'base', 'org.opencontainers.image.title': 'app' },
      });
      expect(description.name).toContain('app');
      if (source.keepsManifests) expect(description.digest).toBe(app.digest);
      expect(description.size).toBe(image.layers.reduce((total, { descriptor }) => total + descriptor.size, 0));
    });

    it('gives the same digest each time', async () => {
      const first = await open([{ ref: `${root}/app:1`, image: app }], `${root}/app:1`);
      const second = await open([{ ref: `${root}/app:1`, image: app }], `${root}/app:1`);
      await using _ = first.place;
      await using __ = second.place;
      expect(first.image.description.digest).toBe(second.image.description.digest);
      await first.image[Symbol.asyncDispose]();
      await second.image[Symbol.asyncDispose]();
    });

    it.each(['none', 'gzip', 'gzip-members', 'zstd', 'zstd-frames'] as const)('reads layers packed with %s', async (compression) => {
      const built = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'a', content: 'a'.repeat(5000) }] }], compression });
      const { place, image } = await open([{ ref: `${root}/app:1`, image: built }], `${root}/app:1`);
      await using _ = place;
      await using __ = image;
      const [layer] = image.layers;
      const bytes = await bytesOf(layer?.read());
      const expected = [built.layers[0]?.bytes, built.layers[0]?.tar].map((stored) => Buffer.from(stored ?? []).toString('hex'));
      expect(expected).toContain(bytes.toString('hex'));
      expect(sha256(bytes)).toBe(layer?.descriptor.digest);
      expect(layer?.layer.diffId).toBe(built.diffIds[0]);
    });

    it('locates only what it can read in place, and there lies what is read', async () => {
      const { place, image } = await open([{ ref: `${root}/app:1`, image: app }], `${root}/app:1`);
      await using _ = place;
      await using __ = image;
      for (const layer of image.layers) {
        const range = await layer.locate();
        if (!range) continue;
        const { open: openFile } = await import('node:fs/promises');
        await using file = await openFile(range.file);
        const { buffer } = await file.read(Buffer.alloc(range.length), 0, range.length, range.offset);
        expect(sha256(buffer)).toBe(layer.descriptor.digest);
      }
    });

    it('reads an image without layers', async () => {
      const empty = buildImage({ layers: [{ createdBy: 'CMD ["x"]', empty: true }] });
      const { place, image } = await open([{ ref: `${root}/app:1`, image: empty }], `${root}/app:1`);
      await using _ = place;
      await using __ = image;
      expect(image.layers).toEqual([]);
      expect(image.description.layers).toHaveLength(1);
    });

    it('reads the same layer twice where the image has it twice', async () => {
      const files = [{ path: 'a', content: 'twice' }];
      const twice = buildImage({
        layers: [
          { createdBy: 'one', files },
          { createdBy: 'two', files },
        ],
      });
      const { place, image } = await open([{ ref: `${root}/app:1`, image: twice }], `${root}/app:1`);
      await using _ = place;
      await using __ = image;
      expect(image.layers.map(({ layer }) => layer.diffId)).toEqual(twice.diffIds);
      const [first, second] = await Promise.all(image.layers.map((layer) => bytesOf(layer.read())));
      expect(second).toEqual(first);
    });

    it('says so where the history does not fit the layers', async () => {
      const bare = buildImage({ layers: [{ createdBy: 'COPY', files: [{ path: 'a', content: '' }] }], history: false });
      const { place, image } = await open([{ ref: `${root}/app:1`, image: bare }], `${root}/app:1`);
      await using _ = place;
      await using __ = image;
      expect(image.description.historyReliable).toBe(false);
      expect(image.description.layers).toMatchObject([{ createdBy: '', diffId: bare.diffIds[0] }]);
    });

    it('never gives a layer for good whose bytes are others', async () => {
      const { place, image } = await open(
        [{ ref: `${root}/app:1`, image: withLayer(app, (bytes) => bytes.map((byte) => byte ^ 1)) }],
        `${root}/app:1`,
      );
      await using _ = place;
      await using __ = image;
      const [layer] = image.layers;
      const bytes = await bytesOf(layer?.read()).catch(() => Buffer.alloc(0));
      expect(sha256(bytes)).not.toBe(layer?.descriptor.digest);
    });

    it('never gives a layer for good that is cut short', async () => {
      const cut = withLayer(app, (bytes) => bytes.subarray(0, bytes.length - 20));
      const { place, image } = await open([{ ref: `${root}/app:1`, image: cut }], `${root}/app:1`);
      await using _ = place;
      await using __ = image;
      const [layer] = image.layers;
      const read = bytesOf(layer?.read());
      if (source.keepsManifests) await expect(read).rejects.toMatchObject({ code: 'BLOB_SIZE_MISMATCH' });
      else expect(sha256(await read)).not.toBe(layer?.descriptor.digest);
    });

    it('refuses a config that is not what its digest says', async () => {
      const text = Buffer.from(app.config.bytes).toString().replace('"User":"1000"', '"User":"0000"');
      const error = await fault(
        [{ ref: `${root}/app:1`, image: { ...app, config: { ...app.config, bytes: Buffer.from(text) } } }],
        `${root}/app:1`,
      );
      expect(error.code).toBe('BLOB_DIGEST_MISMATCH');
    });

    it('says that an image is not there', async () => {
      const error = await fault([{ ref: `${root}/app:1`, image: app }], `${root}/app:2`);
      expect(error.code).toBe('IMAGE_NOT_FOUND');
      expect(error.message).toContain('2');
    });

    it('says that the image is not there for a platform', async () => {
      const error = await fault([{ ref: `${root}/app:1`, image: app }], `${root}/app:1`, {
        platform: { os: 'linux', architecture: 's390x' },
      });
      expect(error.code).toBe('PLATFORM_MISSING');
      expect(error.hint).toContain('linux/amd64');
    });

    it('takes the one image for the platform it is made for', async () => {
      const { place, image } = await open([{ ref: `${root}/app:1`, image: app }], `${root}/app:1`, {
        platform: { os: 'linux', architecture: 'amd64' },
      });
      await using _ = place;
      await using __ = image;
      expect(image.description.configDigest).toBe(app.config.descriptor.digest);
    });

    it('stops where the caller has given up', async () => {
      const error = await fault([{ ref: `${root}/app:1`, image: app }], `${root}/app:1`, {}, AbortSignal.abort());
      expect(error.code).toBe('CANCELLED');
    });

    it('lists what the place holds', async () => {
      await using place = await source.place([
        { ref: `${root}/app:1`, image: base },
        { ref: `${root}/app:2`, image: app },
      ]);
      const digests: string[] = [];
      for await (const { description } of source.list(place.input().input, source.context({}))) digests.push(description.configDigest);
      expect(digests).toEqual([base, app].map(({ config }) => config.descriptor.digest));
    });

    it('lists the rest where one image cannot be read', async () => {
      const broken = { ...base, config: { ...base.config, bytes: Buffer.from('{'.repeat(base.config.bytes.length)) } };
      const diagnostics: Diagnostic[] = [];
      await using place = await source.place([
        { ref: `${root}/app:1`, image: broken },
        { ref: `${root}/app:2`, image: app },
      ]);
      const digests: string[] = [];
      const context = source.context({ diagnose: (found) => diagnostics.push(found) });
      for await (const { description } of source.list(place.input().input, context)) digests.push(description.configDigest);
      expect(digests).toEqual([app.config.descriptor.digest]);
      expect(diagnostics).toMatchObject([{ code: 'BLOB_DIGEST_MISMATCH', author: source.id }]);
    });

    it.runIf(source.needsName)('asks which of several is wanted, naming them', async () => {
      const error = await fault(
        [
          { ref: `${root}/app:1`, image: base },
          { ref: `${root}/app:2`, image: app },
        ],
        undefined,
      );
      expect(error.code).toBe('REFERENCE_AMBIGUOUS');
      expect(error.hint).toMatch(/app:1.*app:2/);
    });
  });

  if (source.keepsManifests) testKeptManifests(source);
}
