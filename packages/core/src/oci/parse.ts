import { digestSchema } from '@plimsoll/model';
import { z } from 'zod';
import { AppError } from '../util/errors.ts';
import { artifacts } from './artifacts.data.ts';
import { isConfigType, isIndexType, isManifestType, mediaTypes } from './media-types.ts';
import { normalisePlatform } from './platform.ts';
import type { Config, Descriptor, Index, Manifest } from './types.ts';

const strings = z.record(z.string(), z.string()).nullish();
const platform = z.object({ os: z.string(), architecture: z.string(), variant: z.string().nullish() });
const descriptor = z.object({
  mediaType: z.string().default(''),
  digest: digestSchema,
  size: z.number().int().nonnegative(),
  platform: platform.nullish(),
  annotations: strings,
  artifactType: z.string().nullish(),
});
const manifest = z.object({
  mediaType: z.string().nullish(),
  config: descriptor,
  layers: z.array(descriptor).nullish(),
  annotations: strings,
  artifactType: z.string().nullish(),
  subject: descriptor.nullish(),
});
const index = z.object({ mediaType: z.string().nullish(), manifests: z.array(descriptor), annotations: strings });
const words = z.array(z.string()).nullish();
const config = z.object({
  os: z.string().default('linux'),
  architecture: z.string().default(''),
  variant: z.string().nullish(),
  created: z.string().nullish(),
  rootfs: z.object({ diff_ids: z.array(digestSchema).nullish() }).nullish(),
  history: z
    .array(z.object({ created: z.string().nullish(), created_by: z.string().nullish(), empty_layer: z.boolean().nullish() }))
    .nullish(),
  config: z
    .object({
      User: z.string().nullish(),
      Env: words,
      Entrypoint: words,
      Cmd: words,
      WorkingDir: z.string().nullish(),
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
      Labels: strings,
    })
    .nullish(),
});

/** What a JSON document of a registry is: told by its shape where it does not say. */
export function documentKind(value: unknown): 'manifest' | 'index' | 'schema1' | 'other' {
  if (typeof value !== 'object' || value === null) return 'other';
  const { mediaType, manifests, config: configured, schemaVersion, fsLayers } = value as Record<string, unknown>;
  if (schemaVersion === 1 && Array.isArray(fsLayers)) return 'schema1';
  if (typeof mediaType === 'string' && isIndexType(mediaType)) return 'index';
  if (typeof mediaType === 'string' && isManifestType(mediaType)) return 'manifest';
  if (Array.isArray(manifests)) return 'index';
  return configured === undefined ? 'other' : 'manifest';
}

/** Reads a manifest. Throws `NOT_AN_IMAGE` for an artifact or an old format, `MANIFEST_INVALID` where it is malformed. */
export function parseManifest(value: unknown): Manifest {
  if (documentKind(value) === 'schema1') {
    throw new AppError('NOT_AN_IMAGE', 'the manifest is of Docker schema 1, which no engine writes any more', {
      hint: 'pull the image with an engine of before 2024 and push it again, or build it anew',
    });
  }
  refuseOtherTypes(value);
  const read = check(manifest, value, 'manifest');
  refuseArtifacts(read);
  return {
    mediaType: read.mediaType ?? mediaTypes.ociManifest,
    config: toDescriptor(read.config),
    layers: (read.layers ?? []).map(toDescriptor),
    annotations: read.annotations ?? {},
    ...(read.artifactType && { artifactType: read.artifactType }),
    ...(read.subject && { subject: toDescriptor(read.subject) }),
  };
}

/** A document that states a type states what it is: a manifest of a kind that is not known is not malformed. */
function refuseOtherTypes(value: unknown): void {
  const { mediaType, artifactType } = (value ?? {}) as { readonly mediaType?: unknown; readonly artifactType?: unknown };
  if (typeof mediaType !== 'string' || mediaType === '' || isManifestType(mediaType)) return;
  if (mediaType === 'application/vnd.oci.artifact.manifest.v1+json')
    throw notAnImage(typeof artifactType === 'string' ? artifactType : mediaType);
  throw new AppError('MEDIA_TYPE_UNKNOWN', `the manifest is of the type ${printable(mediaType)}, which is not known`, {
    hint: 'images are manifests of OCI or of Docker schema 2',
  });
}

/** Signatures and attestations often go under an image's config: their layers tell. */
function refuseArtifacts({ config: { mediaType }, artifactType, layers }: z.infer<typeof manifest>): void {
  if (!isConfigType(mediaType)) throw notAnImage(artifactType && !findArtifact(mediaType) ? artifactType : mediaType);
  const other = layers?.find((layer) => findArtifact(layer.mediaType) !== undefined);
  if (other) throw notAnImage(other.mediaType);
}

function findArtifact(type: string) {
  return artifacts.find((artifact) => artifact.type.test(type));
}

function notAnImage(type: string): AppError {
  const { name, hint } = findArtifact(type) ?? { name: 'an artifact', hint: 'name an image' };
  return new AppError('NOT_AN_IMAGE', `this is no container image but ${name}, of the type ${printable(type)}`, { hint });
}

function printable(type: string): string {
  return type.replace(/[^\x20-\x7e]/g, '').slice(0, 200);
}

/** Reads any manifest with layers, attestations and other artifacts included. Throws `MANIFEST_INVALID`. */
export function parseArtifact(value: unknown): readonly Descriptor[] {
  return (check(manifest, value, 'manifest').layers ?? []).map(toDescriptor);
}

/** Reads an index. Throws `MANIFEST_INVALID`. */
export function parseIndex(value: unknown): Index {
  const read = check(index, value, 'index');
  return {
    mediaType: read.mediaType ?? mediaTypes.ociIndex,
    manifests: read.manifests.map(toDescriptor),
    annotations: read.annotations ?? {},
  };
}

/** Reads an image config. Throws `CONFIG_INVALID`. */
export function parseConfig(value: unknown): Config {
  const read = check(config, value, 'config');
  const inner = read.config ?? {};
  return {
    platform: normalisePlatform({ os: read.os, architecture: read.architecture, ...(read.variant && { variant: read.variant }) }),
    ...(read.created && { created: read.created }),
    diffIds: read.rootfs?.diff_ids ?? [],
    history: (read.history ?? []).map((entry) => ({
      createdBy: entry.created_by ?? '',
      emptyLayer: entry.empty_layer ?? false,
      ...(entry.created && { created: entry.created }),
    })),
    config: {
      env: inner.Env ?? [],
      entrypoint: inner.Entrypoint ?? [],
      cmd: inner.Cmd ?? [],
      exposedPorts: Object.keys(inner.ExposedPorts ?? {}).sort(),
      labels: inner.Labels ?? {},
      ...(inner.User && { user: inner.User }),
      ...(inner.WorkingDir && { workingDir: inner.WorkingDir }),
    },
  };
}

function toDescriptor(read: z.infer<typeof descriptor>): Descriptor {
  const { platform: at, annotations: notes, artifactType } = read;
  return {
    mediaType: read.mediaType,
    digest: read.digest,
    size: read.size,
    ...(at && { platform: normalisePlatform({ os: at.os, architecture: at.architecture, ...(at.variant && { variant: at.variant }) }) }),
    ...(notes && { annotations: notes }),
    ...(artifactType && { artifactType }),
  };
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, what: 'manifest' | 'index' | 'config'): z.infer<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const faults = read.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'document'}: ${message}`);
  throw new AppError(what === 'config' ? 'CONFIG_INVALID' : 'MANIFEST_INVALID', `the image ${what} is malformed (${faults.join('; ')})`);
}
