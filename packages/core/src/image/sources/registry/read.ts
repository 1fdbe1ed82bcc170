import { familiarName, type Reference } from '@plimsoll/model';
import { isIndexType, isManifestType } from '../../../oci/media-types.ts';
import { documentKind, parseIndex } from '../../../oci/parse.ts';
import { choosePlatform } from '../../../oci/platform.ts';
import { parseReference } from '../../../oci/reference.ts';
import type { Descriptor } from '../../../oci/types.ts';
import { parseJson } from '../../../util/bytes.ts';
import type { Context } from '../../../util/context.ts';
import { AppError, isAppError } from '../../../util/errors.ts';
import type { RawImage, Want } from '../../types.ts';
import { createRegistryClient, type FetchedManifest, type RegistryClient } from './client.ts';

/** The image behind a reference. */
export async function openReference(input: string, want: Want, context: Context): Promise<RawImage> {
  const reference = parseReference(input);
  const client = createRegistryClient(reference, context);
  const fetched = await client.manifest(reference.digest ?? reference.tag ?? 'latest');
  const index = readIndex(fetched);
  const raw = await openFetched(client, reference, fetched, index && choosePlatform(index.manifests, want.platform));
  return { ...raw, referrers: client.referrers };
}

/** Every image of a repository, or of the tag or digest that is named, on all of its platforms. */
export async function* listRepository(input: string, context: Context): AsyncGenerator<RawImage> {
  const reference = parseReference(input);
  const client = createRegistryClient(reference, context);
  // A bare repository means all of its tags; a tag or digest means that image.
  const bare = reference.digest === undefined && !input.slice(input.lastIndexOf('/') + 1).includes(':');
  const tags = bare ? await client.tags() : [reference.digest ?? reference.tag ?? 'latest'];
  for (const tag of tags) yield* listTag(client, bare ? { ...reference, tag } : reference, tag, context);
}

async function* listTag(client: RegistryClient, reference: Reference, tag: string, context: Context): AsyncGenerator<RawImage> {
  try {
    const fetched = await client.manifest(tag);
    const index = readIndex(fetched);
    if (!index) yield await openFetched(client, reference, fetched);
    for (const descriptor of index?.manifests ?? []) {
      if (descriptor.platform && descriptor.platform.os !== 'unknown') yield await openFetched(client, reference, fetched, descriptor);
    }
  } catch (error) {
    if (!isAppError(error) || error.code === 'CANCELLED') throw error;
    context.diagnose({ code: error.code, message: `${familiarName(reference)}: ${error.message}`, author: 'registry' });
  }
}

/** The image that was fetched; the chosen one where that was an index. */
async function openFetched(client: RegistryClient, reference: Reference, fetched: FetchedManifest, chosen?: Descriptor): Promise<RawImage> {
  const manifest = chosen ? await client.manifest(chosen.digest) : fetched;
  return {
    name: familiarName(reference),
    reference,
    aliases: [],
    manifest: { ...manifest.descriptor, ...(chosen?.platform && { platform: chosen.platform }) },
    ...(chosen && { index: { descriptor: fetched.descriptor, bytes: fetched.bytes } }),
    readManifest: async () => manifest.bytes,
    readBlob: (descriptor) => readBlob(client, descriptor),
    async [Symbol.asyncDispose]() {},
  };
}

/** Registries keep manifests apart: an attestation's is not among the blobs. */
async function* readBlob(client: RegistryClient, descriptor: Descriptor): AsyncGenerator<Uint8Array> {
  if (isManifestType(descriptor.mediaType)) yield (await client.manifest(descriptor.digest)).bytes;
  else yield* client.blob(descriptor);
}

/** The index that was fetched; undefined where it is the manifest of one image. */
export function readIndex({ bytes, descriptor }: FetchedManifest) {
  const fail = (cause: unknown) =>
    new AppError('MANIFEST_INVALID', `the registry gave a manifest ${descriptor.digest} that is no JSON`, { cause });
  const value = parseJson(bytes, fail);
  return isIndexType(descriptor.mediaType) || documentKind(value) === 'index' ? parseIndex(value) : undefined;
}
