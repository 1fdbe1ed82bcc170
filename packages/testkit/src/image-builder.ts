import type { Digest, Platform } from '@plimsoll/model';
import { digestOf, pack, writeTar } from './image-builder-tar.ts';
import type {
  Blob,
  BlobDescriptor,
  BuiltHistory,
  BuiltImage,
  BuiltIndex,
  BuiltLayer,
  ConfigSpec,
  ImageSpec,
  LayerSpec,
  Packing,
  ProvenanceSpec,
} from './image-builder-types.ts';

const START = '2024-01-01T00:00:00Z';

const types = {
  oci: {
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    index: 'application/vnd.oci.image.index.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: { none: 'application/vnd.oci.image.layer.v1.tar', gzip: '+gzip', zstd: '+zstd' },
  },
  docker: {
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: { none: 'application/vnd.docker.image.rootfs.diff.tar', gzip: '.gzip', zstd: '.zstd' },
  },
} as const;

/**
 * Builds an image in memory, on a base or from nothing. The same words give the same digests.
 * @example
 * const base = buildImage({ layers: [{ createdBy: 'ADD rootfs.tar /', files: [{ path: 'etc/os-release', content: 'ID=debian\n' }] }] });
 * const app = buildImage({ base, layers: [{ createdBy: 'COPY app /app', files: [{ path: 'app/main.js', content: '' }] }] });
 * await writeOciLayout(folder, [{ ref: 'app:1', image: app }]);
 */
export function buildImage(spec: ImageSpec): BuiltImage {
  const { base, format = base?.format ?? 'oci', compression = 'gzip' } = spec;
  const created = spec.created ?? base?.created ?? START;
  const platform = spec.platform ?? base?.platform ?? { os: 'linux', architecture: 'amd64' };
  const instructions = spec.layers ?? [];
  const added = instructions.flatMap((layer) => ('empty' in layer ? [] : [buildLayer(layer, layer.compression ?? compression, format)]));
  const layers = [...(base?.layers ?? []), ...added];
  const history = [...(base?.history ?? []), ...instructions.map((layer) => historyOf(layer, created))];
  const settings = { ...mergeConfig(base?.settings, spec.config), labels: { ...base?.settings.labels, ...spec.labels } };
  const diffIds = layers.map(({ diffId }) => diffId);
  const config = jsonBlob(types[format].config, {
    created,
    architecture: platform.architecture,
    os: platform.os,
    ...(platform.variant && { variant: platform.variant }),
    config: dockerConfig(settings),
    rootfs: { type: 'layers', diff_ids: diffIds },
    ...(spec.history !== false && { history }),
  });
  const manifest = jsonBlob(types[format].manifest, {
    schemaVersion: 2,
    mediaType: types[format].manifest,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
    ...(spec.annotations && { annotations: spec.annotations }),
  });
  return {
    kind: 'image',
    digest: manifest.descriptor.digest,
    manifest: { ...manifest, descriptor: { ...manifest.descriptor, platform } },
    config,
    layers,
    diffIds,
    chainIds: chainOf(diffIds),
    history: spec.history === false ? [] : history,
    platform,
    created,
    settings,
    format,
    ...(spec.provenance && { attestation: attest(manifest.descriptor.digest, spec.provenance) }),
  };
}

/** Puts images, usually one a platform, under one digest; attestations come along. */
export function buildIndex(images: readonly BuiltImage[], options: { readonly format?: 'oci' | 'docker' } = {}): BuiltIndex {
  const type = types[options.format ?? images[0]?.format ?? 'oci'].index;
  const manifests = [
    ...images.map(({ manifest }) => manifest.descriptor),
    ...images.flatMap(({ attestation }) => (attestation ? [attestation.manifest.descriptor] : [])),
  ];
  const index = jsonBlob(type, { schemaVersion: 2, mediaType: type, manifests });
  return { kind: 'index', digest: index.descriptor.digest, index, images };
}

/** What stands under a name: the manifest; the index where there are platforms or an attestation. */
export function topOf(image: BuiltImage | BuiltIndex): Blob {
  if (image.kind === 'index') return image.index;
  return image.attestation ? buildIndex([image]).index : image.manifest;
}

/** All blobs that an image or index needs, its own document last. */
export function blobsOf(image: BuiltImage | BuiltIndex): readonly Blob[] {
  const images = image.kind === 'index' ? image.images : [image];
  const parts = images.flatMap(({ layers, config, manifest, attestation }) => [
    ...layers,
    config,
    manifest,
    ...(attestation ? [...attestation.blobs, attestation.manifest] : []),
  ]);
  return [...new Map([...parts, topOf(image)].map((blob) => [blob.descriptor.digest, blob])).values()];
}

/** A JSON document as a blob. */
export function jsonBlob(mediaType: string, value: unknown, more: Omit<Partial<BlobDescriptor>, 'digest' | 'size'> = {}): Blob {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length, ...more } };
}

function buildLayer(layer: Exclude<LayerSpec, { empty: true }>, packing: Packing, format: 'oci' | 'docker'): BuiltLayer {
  const tar = 'tar' in layer ? layer.tar : writeTar(layer.files);
  const bytes = pack(tar, packing);
  const { layer: type } = types[format];
  const mediaType = `${type.none}${packing === 'none' ? '' : type[packing.startsWith('zstd') ? 'zstd' : 'gzip']}`;
  return { tar, diffId: digestOf(tar), bytes, descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length } };
}

function historyOf(layer: LayerSpec, created: string): BuiltHistory {
  return { created: layer.created ?? created, created_by: layer.createdBy, ...('empty' in layer && { empty_layer: true as const }) };
}

function mergeConfig(base: ConfigSpec | undefined, own: ConfigSpec | undefined): ConfigSpec {
  const names = new Set((own?.env ?? []).map(nameOf));
  const env = [...(base?.env ?? []).filter((word) => !names.has(nameOf(word))), ...(own?.env ?? [])];
  return { ...base, ...own, env };
}

function nameOf(word: string): string {
  return word.slice(0, word.indexOf('='));
}

function dockerConfig({ user, env, entrypoint, cmd, workingDir, exposedPorts, labels }: BuiltImage['settings']): object {
  return {
    ...(user !== undefined && { User: user }),
    ...(env && env.length > 0 && { Env: env }),
    ...(entrypoint && { Entrypoint: entrypoint }),
    ...(cmd && { Cmd: cmd }),
    ...(workingDir !== undefined && { WorkingDir: workingDir }),
    ...(exposedPorts && { ExposedPorts: Object.fromEntries(exposedPorts.map((port) => [port, {}])) }),
    ...(Object.keys(labels).length > 0 && { Labels: labels }),
  };
}

/** https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid */
function chainOf(diffIds: readonly Digest[]): readonly Digest[] {
  const chain: Digest[] = [];
  for (const diffId of diffIds) chain.push(chain.length === 0 ? diffId : digestOf(`${chain.at(-1)} ${diffId}`));
  return chain;
}

/** https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md */
function attest(subject: Digest, { materials, version = 'v0.2', builder = '' }: ProvenanceSpec): NonNullable<BuiltImage['attestation']> {
  const used = materials.map(({ uri, digest }) => ({
    uri,
    ...(digest && { digest: { [digest.split(':')[0] ?? '']: digest.split(':')[1] } }),
  }));
  const predicateType = version === 'v1' ? 'https://slsa.dev/provenance/v1' : 'https://slsa.dev/provenance/v0.2';
  const predicate =
    version === 'v1'
      ? { buildDefinition: { buildType: '', resolvedDependencies: used }, runDetails: { builder: { id: builder } } }
      : { builder: { id: builder }, buildType: 'https://mobyproject.org/buildkit@v1', materials: used };
  const statement = jsonBlob(
    'application/vnd.in-toto+json',
    {
      _type: 'https://in-toto.io/Statement/v0.1',
      predicateType,
      subject: [{ name: '_', digest: { sha256: subject.slice('sha256:'.length) } }],
      predicate,
    },
    { annotations: { 'in-toto.io/predicate-type': predicateType } },
  );
  const unknown: Platform = { os: 'unknown', architecture: 'unknown' };
  const config = jsonBlob(types.oci.config, {
    ...unknown,
    config: {},
    rootfs: { type: 'layers', diff_ids: [statement.descriptor.digest] },
  });
  const manifest = jsonBlob(
    types.oci.manifest,
    { schemaVersion: 2, mediaType: types.oci.manifest, config: config.descriptor, layers: [statement.descriptor] },
    {
      platform: unknown,
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': subject },
    },
  );
  return { manifest, blobs: [statement, config] };
}
