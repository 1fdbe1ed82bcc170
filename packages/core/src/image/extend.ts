import type { ImageDescription, Layer } from '@plimsoll/model';
import { chainIds } from '../oci/chain-id.ts';
import { joinHistory } from '../oci/history.ts';
import { layerKind } from '../oci/media-types.ts';
import { parseConfig, parseIndex, parseManifest } from '../oci/parse.ts';
import type { Config, Descriptor, Index, Manifest } from '../oci/types.ts';
import { collect, parseJson } from '../util/bytes.ts';
import { type Context, throwIfCancelled } from '../util/context.ts';
import { AppError, isAppError } from '../util/errors.ts';
import { sha256 } from '../util/hash.ts';
import { attachedAsReferrers, attachedInIndex } from './attached.ts';
import { readProvenance } from './provenance.ts';
import { foreignLayer } from './shared/foreign-layer.ts';
import type { Image, ImageLayer, RawImage } from './types.ts';
import { verify } from './verify.ts';

const MAX_CONFIG = 16 * 1024 * 1024;
const MAX_LAYERS = 2000;

/** Derives everything about an image from the little that a source gives, and verifies each digest and size on the way. */
export async function extend(raw: RawImage, origin: { readonly source: string; readonly input: string }, context: Context): Promise<Image> {
  const manifest = await readManifest(raw);
  const config = await readConfig(raw, manifest);
  const index = raw.index && readIndex(raw.index);
  const { diffIds } = config;
  if (manifest.layers.length !== diffIds.length) {
    throw new AppError('MANIFEST_INVALID', `the manifest lists ${manifest.layers.length} layers where the config has ${diffIds.length}`);
  }
  if (diffIds.length > MAX_LAYERS) throw new AppError('LIMIT_EXCEEDED', `the image has more than ${MAX_LAYERS} layers`);
  const chain = chainIds(diffIds, sha256);
  const { layers, reliable } = joinHistory(config.history, { descriptors: manifest.layers, diffIds, chainIds: chain });
  const provenance = await readProvenance({ raw, index }, context);
  const description: ImageDescription = {
    name: raw.name,
    source: origin.source,
    input: origin.input,
    ...(raw.reference && { reference: raw.reference }),
    aliases: raw.aliases,
    digest: raw.manifest.digest,
    configDigest: manifest.config.digest,
    ...(raw.index && { indexDigest: raw.index.descriptor.digest }),
    platform: config.platform.architecture === '' ? (raw.manifest.platform ?? config.platform) : config.platform,
    platforms: index ? platformsOf(index) : [config.platform],
    ...(config.created && { created: config.created }),
    size: manifest.layers.reduce((total, { size }) => total + size, 0),
    layers,
    historyReliable: reliable,
    config: config.config,
    annotations: manifest.annotations,
    ...(provenance && { provenance }),
  };
  return {
    description,
    layers: toImageLayers(raw, layers, manifest.layers, context),
    attached: async () => [...(await attachedInIndex({ raw, index })), ...(await attachedAsReferrers({ raw, index }))],
    [Symbol.asyncDispose]: () => raw[Symbol.asyncDispose](),
  };
}

function toImageLayers(
  raw: RawImage,
  layers: readonly Layer[],
  descriptors: readonly Descriptor[],
  context: Context,
): readonly ImageLayer[] {
  return layers
    .filter((layer): layer is ImageLayer['layer'] => !layer.emptyLayer && layer.diffId !== undefined)
    .map((layer, position) => {
      const descriptor = descriptors[position] as Descriptor;
      return {
        layer,
        descriptor,
        ...(raw.live && { live: true }),
        read: () => sized(there(raw, descriptor), descriptor, context),
        locate: async () => {
          const range = await raw.locate?.(descriptor);
          if (range && range.length !== descriptor.size) throw wrongSize(descriptor, range.length);
          return range;
        },
      };
    });
}

/** A layer that registries need not have is rarely missing by mistake. The addresses it names are not followed: whoever made the image chose them. */
async function* there(raw: RawImage, descriptor: Descriptor): AsyncGenerator<Uint8Array> {
  try {
    yield* raw.readBlob(descriptor);
  } catch (cause) {
    if (!isAppError(cause, 'BLOB_MISSING') || layerKind(descriptor.mediaType) !== 'foreign') throw cause;
    throw foreignLayer(descriptor.digest, cause);
  }
}

async function* sized(input: AsyncIterable<Uint8Array>, descriptor: Descriptor, context: Context): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of input) {
    throwIfCancelled(context);
    size += chunk.length;
    if (size > descriptor.size) break;
    yield chunk;
  }
  if (size !== descriptor.size) throw wrongSize(descriptor, size);
}

async function readManifest(raw: RawImage): Promise<Manifest> {
  const bytes = await raw.readManifest();
  verify(bytes, raw.manifest, 'image manifest');
  return parseManifest(parseJson(bytes, (cause) => new AppError('MANIFEST_INVALID', 'the image manifest is no JSON', { cause })));
}

async function readConfig(raw: RawImage, { config }: Manifest): Promise<Config> {
  if (config.size > MAX_CONFIG) throw new AppError('LIMIT_EXCEEDED', `the image config is larger than ${MAX_CONFIG} bytes`);
  const bytes = await collect(raw.readBlob(config), MAX_CONFIG, 'the image config');
  verify(bytes, config, 'image config');
  return parseConfig(parseJson(bytes, (cause) => new AppError('CONFIG_INVALID', 'the image config is no JSON', { cause })));
}

function readIndex({ bytes, descriptor }: NonNullable<RawImage['index']>): Index {
  verify(bytes, descriptor, 'image index');
  return parseIndex(parseJson(bytes, (cause) => new AppError('MANIFEST_INVALID', 'the image index is no JSON', { cause })));
}

function platformsOf({ manifests }: Index): ImageDescription['platforms'] {
  return manifests.flatMap(({ platform }) => (platform && platform.os !== 'unknown' ? [platform] : []));
}

function wrongSize({ digest, size }: Descriptor, found: number): AppError {
  return new AppError('BLOB_SIZE_MISMATCH', `the blob ${digest} has ${found > size ? 'more' : found} bytes where ${size} are stated`, {
    hint: 'was it copied in full?',
  });
}
