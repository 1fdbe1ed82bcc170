import { describe, expect, it } from 'vitest';
import { buildImage, buildIndex } from '../image-builder.ts';
import { app, base, type ImageSourceCase, root, useSource, withManifest } from './image-source-setup.ts';

/** What a source owes that keeps manifests and indexes as they were made: platforms, attestations, digests. */
export function testKeptManifests(source: ImageSourceCase): void {
  const { open, fault } = useSource(source);

  describe(`${source.id}: as every source that keeps manifests`, () => {
    const arm = buildImage({
      ...{ layers: [{ createdBy: 'ADD', files: [{ path: 'arm', content: '' }] }] },
      platform: { os: 'linux', architecture: 'arm64' },
    });

    it('chooses the platform, and names all', async () => {
      const images = [{ ref: `${root}/app:1`, image: buildIndex([arm, app]) }];
      const usual = await open(images, `${root}/app:1`);
      const wanted = await open(images, `${root}/app:1`, { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } });
      await using _ = usual.place;
      await using __ = wanted.place;
      expect(usual.image.description.digest).toBe(app.digest);
      expect(wanted.image.description.digest).toBe(arm.digest);
      expect(wanted.image.description.indexDigest).toBe(buildIndex([arm, app]).digest);
      expect(wanted.image.description.platforms).toEqual([arm.platform, app.platform]);
      const error = await fault(images, `${root}/app:1`, { platform: { os: 'windows', architecture: 'amd64' } });
      expect(error.code).toBe('PLATFORM_MISSING');
      expect(error.hint).toContain('linux/arm64, linux/amd64');
    });

    it.each(['v0.2', 'v1'] as const)('reads the provenance (SLSA %s)', async (version) => {
      const materials = [{ uri: 'pkg:docker/debian@12', digest: base.digest }, { uri: 'https://example.org/repository.git' }];
      const attested = buildImage({ base, provenance: { materials, version, builder: 'https://example.org/builder' } });
      const { place, image, diagnostics } = await open([{ ref: `${root}/app:1`, image: attested }], `${root}/app:1`);
      await using _ = place;
      expect(image.description.provenance).toEqual({ builder: 'https://example.org/builder', materials });
      expect(image.description.digest).toBe(attested.digest);
      expect(image.description.platforms).toEqual([attested.platform]);
      expect(diagnostics).toEqual([]);
    });

    it('reads the image without its provenance where that is broken, and says so', async () => {
      const attested = buildImage({ base, provenance: { materials: [] } });
      const blobs = (attested.attestation?.blobs ?? []).map((blob) => ({ ...blob, bytes: blob.bytes.map((byte) => byte ^ 1) }));
      const spoilt = { ...attested, ...(attested.attestation && { attestation: { ...attested.attestation, blobs } }) };
      const { place, image, diagnostics } = await open([{ ref: `${root}/app:1`, image: spoilt }], `${root}/app:1`);
      await using _ = place;
      expect(image.description.provenance).toBeUndefined();
      expect(diagnostics).toMatchObject([{ code: 'ATTESTATION_UNREADABLE' }]);
    });

    it('reads Docker media types', async () => {
      const docker = buildImage({ base, format: 'docker' });
      const images = [{ ref: `${root}/app:1`, image: buildIndex([docker], { format: 'docker' }) }];
      const { place, image } = await open(images, `${root}/app:1`);
      await using _ = place;
      expect(image.description.digest).toBe(docker.digest);
    });

    it('refuses a manifest that is not what its digest says', async () => {
      const bytes = Buffer.from(Buffer.from(app.manifest.bytes).toString().replace('"schemaVersion":2', '"schemaVersion":3'));
      const image = buildIndex([{ ...app, manifest: { ...app.manifest, bytes } }]);
      const error = await fault([{ ref: `${root}/app:1`, image }], `${root}/app:1`);
      expect(error.code).toBe('BLOB_DIGEST_MISMATCH');
    });

    it('names by its type an artifact that is no image', async () => {
      const config = { ...app.config.descriptor, mediaType: 'application/vnd.cncf.helm.config.v1+json' };
      const document = { schemaVersion: 2, mediaType: app.manifest.descriptor.mediaType, config, layers: [] };
      const error = await fault([{ ref: `${root}/app:1`, image: withManifest(app, document) }], `${root}/app:1`);
      expect(error.code).toBe('NOT_AN_IMAGE');
      expect(error.message).toContain('helm');
    });

    it('refuses a manifest with more layers than its config', async () => {
      const document = { ...JSON.parse(Buffer.from(app.manifest.bytes).toString()), config: base.config.descriptor };
      const error = await fault(
        [{ ref: `${root}/app:1`, image: { ...withManifest(app, document), config: base.config } }],
        `${root}/app:1`,
      );
      expect(error.code).toBe('MANIFEST_INVALID');
    });
  });
}
