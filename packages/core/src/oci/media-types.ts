/** Media types of manifests and indexes that Plimsoll reads. https://github.com/opencontainers/image-spec/blob/main/media-types.md */
export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  /** Statements of an attestation manifest. */
  inToto: 'application/vnd.in-toto+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar',
} as const;

/** What a registry is asked for. */
export const acceptedManifests = [mediaTypes.ociIndex, mediaTypes.dockerIndex, mediaTypes.ociManifest, mediaTypes.dockerManifest] as const;

/** Whether a media type names an index. */
export function isIndexType(mediaType: string): boolean {
  return mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerIndex;
}

/** Whether a media type names a manifest of one image. */
export function isManifestType(mediaType: string): boolean {
  return mediaType === mediaTypes.ociManifest || mediaType === mediaTypes.dockerManifest;
}

/** Whether a media type may be that of an image's config; the last two are of builders of old. */
export function isConfigType(mediaType: string): boolean {
  return [mediaTypes.ociConfig, mediaTypes.dockerConfig, '', 'application/octet-stream'].includes(mediaType);
}

/** https://github.com/opencontainers/image-spec/blob/main/layer.md, https://distribution.github.io/distribution/spec/manifest-v2-2/ */
const LAYER =
  /^application\/vnd\.(?:oci\.image\.layer\.(?:nondistributable\.)?v1\.tar|docker\.(?:container\.)?image\.rootfs\.(?:foreign\.)?diff\.(?:tar|x-gtar))(?:[+.](?:gzip|zstd|xz|bzip2))?$/;
/** Types that say no more than that there are bytes, which tell themselves how they are packed. */
const PLAIN = /^(?:application\/(?:octet-stream|x-tar|tar|tar\+gzip|x-gtar|gzip|x-gzip|zstd))?$/;
/** https://github.com/containers/ocicrypt/blob/main/spec */
const ENCRYPTED = '+encrypted';

/** What a layer's media type says of it. `foreign`: registries need not have it. */
export function layerKind(mediaType: string): 'plain' | 'foreign' | 'encrypted' | 'unknown' {
  if (mediaType.endsWith(ENCRYPTED)) return 'encrypted';
  if (LAYER.test(mediaType)) return /\.(?:nondistributable|foreign)\./.test(mediaType) ? 'foreign' : 'plain';
  return PLAIN.test(mediaType) ? 'plain' : 'unknown';
}

/** Annotation keys. */
export const annotations = {
  refName: 'org.opencontainers.image.ref.name',
  containerdName: 'io.containerd.image.name',
  baseName: 'org.opencontainers.image.base.name',
  baseDigest: 'org.opencontainers.image.base.digest',
  referenceType: 'vnd.docker.reference.type',
  referenceDigest: 'vnd.docker.reference.digest',
} as const;
