import { type Digest, familiarName } from '@plimsoll/model';
import { z } from 'zod';
import { layerKind, mediaTypes } from '../../oci/media-types.ts';
import { parseConfig } from '../../oci/parse.ts';
import { parseReference } from '../../oci/reference.ts';
import type { Descriptor } from '../../oci/types.ts';
import { detectCompression } from '../../tar/decompress.ts';
import type { LocatedEntry } from '../../tar/index-file.ts';
import { collect, parseJson, readRange } from '../../util/bytes.ts';
import { AppError } from '../../util/errors.ts';
import { createHasher, sha256 } from '../../util/hash.ts';
import { normalisePath } from '../../util/path.ts';
import type { FileRange, RawImage, Want } from '../types.ts';
import { type FileSet, readSmall } from './file-set.ts';
import { foreignLayer } from './foreign-layer.ts';
import { MAX_MANIFEST } from './layout.ts';

/** The archive's files. */
export type SavedFiles = FileSet & { readonly entries: ReadonlyMap<string, LocatedEntry> };

/** One image of `manifest.json`: https://github.com/moby/moby/blob/master/image/spec/v1.2.md */
const savedSchema = z.array(
  z.object({
    Config: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    Layers: z.array(z.string()).nullish(),
    /** By diffID: layers that are kept elsewhere. */
    LayerSources: z.record(z.string(), z.object({ mediaType: z.string().nullish() })).nullish(),
  }),
);

/** An image of an archive, its config read where it is there. */
export interface Saved {
  readonly place: string;
  readonly names: readonly string[];
  readonly configName: string;
  readonly config: Uint8Array | undefined;
  readonly layers: readonly string[];
  /** DiffIDs of layers that registries need not have. */
  readonly foreign: ReadonlySet<string>;
}

const MAX_CONFIG = 16 * 1024 * 1024;

/** Every image of the archive. Throws `NOT_AN_IMAGE` where it is a tar of something else. */
export async function readSaved(files: SavedFiles, place: string): Promise<readonly Saved[]> {
  const bytes = await readSmall(files, 'manifest.json', MAX_MANIFEST);
  if (!bytes) throw notAnImage(files, place);
  const fail = (cause?: unknown) => new AppError('MANIFEST_INVALID', `${place} has a manifest.json that is malformed`, { cause });
  const read = savedSchema.safeParse(parseJson(bytes, fail));
  if (!read.success) throw fail(read.error);
  const images: Saved[] = [];
  for (const { Config: name, RepoTags: tags, Layers: layers, LayerSources: sources } of read.data) {
    const config = await readSmall(files, normalisePath(name), MAX_CONFIG);
    const foreign = Object.entries(sources ?? {}).flatMap(([diffId, { mediaType }]) =>
      layerKind(mediaType ?? '') === 'foreign' ? [diffId] : [],
    );
    images.push({
      ...{ place, configName: name, config },
      names: (tags ?? []).map(familiar),
      layers: (layers ?? []).map(normalisePath),
      foreign: new Set(foreign),
    });
  }
  return images;
}

/** Chooses the wanted image. Throws `IMAGE_NOT_FOUND` or `REFERENCE_AMBIGUOUS`. */
export function chooseSaved(images: readonly Saved[], want: Want, place: string): Saved {
  const { ref } = want;
  const fitting = ref === undefined ? images : images.filter((image) => isCalled(image, ref));
  const listed = images.flatMap(({ names, configName }) => (names.length > 0 ? names : [configName])).join(', ');
  const [chosen] = fitting;
  if (!chosen)
    throw new AppError('IMAGE_NOT_FOUND', `${place} does not hold ${ref ?? 'an image'}`, { hint: `it holds ${listed || 'none'}` });
  if (fitting.length > 1)
    throw new AppError('REFERENCE_AMBIGUOUS', `${place} holds several images`, { hint: `choose one with --ref: ${listed}` });
  return chosen;
}

/**
 * The image with a manifest made for it, since these archives have none: deterministic, of Docker schema 2. Layers are stored plain, so
 * their digest is their diffID, which reading verifies; a layer that is stored compressed is hashed here.
 */
export async function savedImage(files: SavedFiles, saved: Saved): Promise<RawImage> {
  const bytes = configOf(saved);
  const { diffIds } = parseConfig(
    parseJson(bytes, (cause) => new AppError('CONFIG_INVALID', `${saved.place} has a config that is no JSON`, { cause })),
  );
  if (diffIds.length !== saved.layers.length) {
    throw new AppError('MANIFEST_INVALID', `${saved.place} lists ${saved.layers.length} layers where its config has ${diffIds.length}`);
  }
  const ranges = new Map<Digest, FileRange>();
  const layers: Descriptor[] = [];
  for (const [position, name] of saved.layers.entries()) {
    const range = await files.locate(name);
    if (!range && saved.foreign.has(diffIds[position] ?? '')) throw foreignLayer(diffIds[position] as Digest);
    if (!range) throw new AppError('BLOB_MISSING', `${saved.place} does not hold the layer ${name}`, { hint: 'was it copied in full?' });
    const digest = await digestOf(range, diffIds[position] as Digest);
    ranges.set(digest, range);
    layers.push({ mediaType: mediaTypes.dockerLayer, digest, size: range.length });
  }
  const config: Descriptor = { mediaType: mediaTypes.dockerConfig, digest: sha256(bytes), size: bytes.length };
  const manifest = new TextEncoder().encode(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.dockerManifest, config, layers }));
  const [name = saved.place, ...aliases] = saved.names;
  return {
    name,
    ...(saved.names.length > 0 && { reference: parseReference(name) }),
    aliases,
    manifest: { mediaType: mediaTypes.dockerManifest, digest: sha256(manifest), size: manifest.length },
    readManifest: async () => manifest,
    async *readBlob({ digest }) {
      const range = ranges.get(digest);
      if (digest === config.digest) yield bytes;
      else if (range) yield* readRange(range.file, range.offset, range.length);
      else throw new AppError('BLOB_MISSING', `${saved.place} does not hold the blob ${digest}`);
    },
    locate: async ({ digest }) => ranges.get(digest),
    async [Symbol.asyncDispose]() {
      await files[Symbol.asyncDispose]();
    },
  };
}

/** Engines name the config by its digest: what is called otherwise cannot be checked. */
function configOf({ place, config, configName }: Saved): Uint8Array {
  if (!config) throw new AppError('BLOB_MISSING', `${place} does not hold the config ${configName}`, { hint: 'was it copied in full?' });
  const stated = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(configName)?.[1];
  if (stated !== undefined && sha256(config) !== `sha256:${stated}`) {
    throw new AppError('BLOB_DIGEST_MISMATCH', `the image config of ${place} is not what its name ${configName} says`);
  }
  return config;
}

async function digestOf({ file, offset, length }: FileRange, diffId: Digest): Promise<Digest> {
  const head = await collect(readRange(file, offset, Math.min(8, length)), 8, file);
  if (detectCompression(head) === 'none') return diffId;
  const hasher = createHasher();
  for await (const chunk of readRange(file, offset, length)) hasher.update(chunk);
  return hasher.digest();
}

function isCalled({ names, config }: Saved, ref: string): boolean {
  return (
    (config !== undefined && sha256(config) === ref.slice(ref.lastIndexOf('@') + 1)) ||
    names.some((name) => name === ref || name === familiar(ref) || name.endsWith(`:${ref}`))
  );
}

function familiar(name: string): string {
  try {
    return familiarName(parseReference(name));
  } catch {
    return name;
  }
}

function notAnImage({ entries }: SavedFiles, place: string): AppError {
  const root = ['etc/passwd', 'bin', 'usr', 'etc'].some((name) => entries.has(name));
  return root
    ? new AppError('NOT_AN_IMAGE', `${place} is a root file system, not an image: it has no layers and no history`, {
        hint: 'it was made by docker export or buildctl --output type=tar; use docker save, or docker import it first',
      })
    : new AppError('NOT_AN_IMAGE', `${place} is a tar of something else than an image`, { hint: 'make it with docker save' });
}
