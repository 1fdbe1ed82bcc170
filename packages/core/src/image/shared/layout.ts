import { type Digest, familiarName, type Reference } from '@plimsoll/model';
import { annotations, isIndexType } from '../../oci/media-types.ts';
import { documentKind, parseIndex } from '../../oci/parse.ts';
import { choosePlatform } from '../../oci/platform.ts';
import { parseReference } from '../../oci/reference.ts';
import type { Descriptor } from '../../oci/types.ts';
import { parseJson, readRange } from '../../util/bytes.ts';
import { AppError } from '../../util/errors.ts';
import type { RawImage, Want } from '../types.ts';
import { type FileSet, readSmall } from './file-set.ts';

/** Bytes of a manifest or index past which a registry would refuse it too. */
export const MAX_MANIFEST = 4 * 1024 * 1024;
const MAX_DEPTH = 4;
const MAX_IMAGES = 10_000;

/** One image of a layout. */
interface Found {
  readonly names: readonly string[];
  readonly descriptor: Descriptor;
  readonly index?: NonNullable<RawImage['index']>;
  /** Of every index that it was found in. */
  readonly within?: readonly Digest[];
}

/**
 * Every image of an OCI layout, nested indexes followed, attestations passed over.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function readLayout(files: FileSet, place: string): Promise<readonly Found[]> {
  const bytes = await readSmall(files, 'index.json', MAX_MANIFEST);
  if (!bytes) throw new AppError('ARCHIVE_UNREADABLE', `${place} has no index.json`, { hint: 'is it an OCI layout?' });
  const found: Found[] = [];
  await walk(parseDocument(bytes, place).manifests, { names: [], within: [] });
  return found;

  async function walk(
    descriptors: readonly Descriptor[],
    { names, within, index }: Pick<Found, 'names' | 'index'> & { readonly within: readonly Digest[] },
  ): Promise<void> {
    for (const descriptor of descriptors) {
      if (descriptor.annotations?.[annotations.referenceType] === 'attestation-manifest') continue;
      const own = [...new Set([...names, ...namesOf(descriptor)])];
      if (isIndexType(descriptor.mediaType) && within.length < MAX_DEPTH) {
        const nested = await readSmall(files, blobPath(descriptor.digest), MAX_MANIFEST);
        if (!nested) throw missing(descriptor, place);
        const deeper = { names: own, within: [...within, descriptor.digest], index: { descriptor, bytes: nested } };
        await walk(parseDocument(nested, place).manifests, deeper);
      } else {
        if (found.length >= MAX_IMAGES) throw new AppError('LIMIT_EXCEEDED', `${place} holds more than ${MAX_IMAGES} images`);
        found.push({ names: own, descriptor, within, ...(index && { index }) });
      }
    }
  }
}

/** Chooses the wanted image. Throws `IMAGE_NOT_FOUND`, `REFERENCE_AMBIGUOUS` or `PLATFORM_MISSING`, each naming what is there. */
export function chooseImage(images: readonly Found[], want: Want, place: string): Found {
  const fitting = want.ref === undefined ? images : images.filter((image) => isCalled(image, want.ref ?? ''));
  const refs = [...new Set(images.flatMap(({ names, descriptor }) => (names.length > 0 ? names : [descriptor.digest])))];
  const listed = refs.slice(0, 20).join(', ') + (refs.length > 20 ? `, and ${refs.length - 20} more` : '');
  if (fitting.length === 0) {
    const what = want.ref === undefined ? 'an image' : `an image called ${want.ref}`;
    throw new AppError('IMAGE_NOT_FOUND', `${place} does not hold ${what}`, {
      hint: refs.length > 0 ? `it holds ${listed}` : 'it is empty',
    });
  }
  const groups = Map.groupBy(fitting, ({ names, index, descriptor }) => names[0] ?? index?.descriptor.digest ?? descriptor.digest);
  const unnamed = fitting.every(({ names }) => names.length === 0) && fitting.every(({ descriptor }) => descriptor.platform !== undefined);
  if (groups.size > 1 && !unnamed && new Set(fitting.map(({ descriptor }) => descriptor.digest)).size > 1) {
    throw new AppError('REFERENCE_AMBIGUOUS', `${place} holds several images`, { hint: `choose one with --ref: ${listed}` });
  }
  const items = fitting.map((image) => ({ image, ...(image.descriptor.platform && { platform: image.descriptor.platform }) }));
  const [only] = items;
  // One that does not say what it is made for is opened, and its config says.
  if (only && items.length === 1 && (want.platform === undefined || only.platform === undefined)) return only.image;
  return choosePlatform(items, want.platform).image;
}

/** Whether the manifest of an image is there: indexes name platforms that nobody fetched. */
export async function holdsManifest(files: FileSet, { descriptor }: Found): Promise<boolean> {
  return (await files.locate(blobPath(descriptor.digest))) !== undefined;
}

/** An image of a layout, its blobs read from the file set. */
export function layoutImage(files: FileSet, image: Found, all: readonly Found[], place: string): RawImage {
  const { descriptor, index } = image;
  const [first] = image.names;
  const reference = first === undefined ? undefined : readName(first);
  const aliases = all.filter((other) => other.descriptor.digest === descriptor.digest).flatMap(({ names }) => names.map(shownName));
  const name = first === undefined ? place : shownName(first);
  const range = async (wanted: Descriptor) => files.locate(blobPath(wanted.digest));
  return {
    name,
    ...(reference && { reference }),
    aliases: [...new Set(aliases)].filter((alias) => alias !== name),
    manifest: descriptor,
    ...(index && { index }),
    async readManifest() {
      const bytes = await readSmall(files, blobPath(descriptor.digest), MAX_MANIFEST);
      if (!bytes) throw missing(descriptor, place);
      return bytes;
    },
    async *readBlob(wanted) {
      const found = await range(wanted);
      if (!found) throw missing(wanted, place);
      yield* readRange(found.file, found.offset, found.length);
    },
    locate: range,
    async [Symbol.asyncDispose]() {
      await files[Symbol.asyncDispose]();
    },
  };
}

function blobPath(digest: Digest): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function namesOf({ annotations: notes }: Descriptor): readonly string[] {
  const name = notes?.[annotations.containerdName] ?? notes?.[annotations.refName];
  return name === undefined || name === '' ? [] : [name];
}

function isCalled({ names, descriptor, within = [] }: Found, ref: string): boolean {
  // Of `name@digest` the digest says all.
  const digest = ref.slice(ref.lastIndexOf('@') + 1);
  if (descriptor.digest === digest || (within as readonly string[]).includes(digest)) return true;
  return names.some((name) => name === ref || shownName(name) === ref || name.endsWith(`:${ref}`));
}

/** A full reference is shown as people write it; any other ref name stands as it is. */
function shownName(name: string): string {
  const reference = readName(name);
  return reference ? familiarName(reference) : name;
}

function readName(name: string): Reference | undefined {
  if (!name.includes('/') || !/:[^/]+$/.test(name)) return undefined;
  try {
    return parseReference(name);
  } catch {
    return undefined;
  }
}

function parseDocument(bytes: Uint8Array, place: string) {
  const fail = (cause?: unknown) => new AppError('MANIFEST_INVALID', `${place} has an index that is no JSON index`, { cause });
  const value = parseJson(bytes, fail);
  if (documentKind(value) !== 'index') throw fail();
  return parseIndex(value);
}

function missing({ digest }: Descriptor, place: string): AppError {
  return new AppError('BLOB_MISSING', `${place} does not hold the blob ${digest}`, { hint: 'was it copied in full?' });
}
