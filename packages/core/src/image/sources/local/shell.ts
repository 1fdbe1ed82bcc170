import { digestSchema } from '@plimsoll/model';
import { z } from 'zod';
import { annotations } from '../../../oci/media-types.ts';
import { parseArtifact, parseIndex, parseManifest } from '../../../oci/parse.ts';
import type { Descriptor } from '../../../oci/types.ts';
import { collect, parseJson } from '../../../util/bytes.ts';
import { AppError } from '../../../util/errors.ts';
import { createHasher } from '../../../util/hash.ts';
import type { RawImage } from '../../types.ts';

/** An image without its layers: what is remembered of it, so that an engine need not export it again. */
interface Shell {
  readonly manifest: Descriptor;
  readonly index?: RawImage['index'];
  /** Manifest, config and attestations, by digest. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

const MAX_BLOB = 1024 * 1024;

const platform = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() });
const descriptor = z.object({ mediaType: z.string(), digest: digestSchema, size: z.number(), platform: platform.optional() });
const schema = z.object({
  version: z.literal(1),
  manifest: descriptor,
  index: z.object({ descriptor, bytes: z.base64() }).optional(),
  blobs: z.record(z.string(), z.base64()),
});

/** Bytes that {@link readShell} reads. Undefined where the image is one that is not worth it: a config or attestation past 1 MiB. */
export async function writeShell(raw: RawImage): Promise<Uint8Array | undefined> {
  const blobs: Record<string, string> = {};
  const keep = async (wanted: Descriptor): Promise<Uint8Array> => {
    const bytes = await collect(raw.readBlob(wanted), MAX_BLOB, 'a document of the image');
    blobs[wanted.digest] = Buffer.from(bytes).toString('base64');
    return bytes;
  };
  try {
    const manifest = await raw.readManifest();
    blobs[raw.manifest.digest] = Buffer.from(manifest).toString('base64');
    await keep(parseManifest(parse(manifest)).config);
    const index = raw.index && parseIndex(parse(raw.index.bytes));
    const attestation = index?.manifests.find(({ annotations: notes }) => notes?.[annotations.referenceDigest] === raw.manifest.digest);
    if (attestation) for (const statement of parseArtifact(parse(await keep(attestation)))) await keep(statement);
  } catch {
    return undefined;
  }
  const { mediaType, digest, size, platform: at } = raw.manifest;
  const value: z.infer<typeof schema> = {
    version: 1,
    manifest: { mediaType, digest, size, ...(at && { platform: at }) },
    ...(raw.index && { index: { descriptor: plain(raw.index.descriptor), bytes: Buffer.from(raw.index.bytes).toString('base64') } }),
    blobs,
  };
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Undefined where the bytes are no such thing, or not those that were written. */
export function readShell(bytes: Uint8Array | undefined): Shell | undefined {
  if (!bytes) return undefined;
  try {
    const { manifest, index, blobs } = schema.parse(parse(bytes));
    const read = Object.entries(blobs).map(([digest, text]) => [digest, Buffer.from(text, 'base64')] as const);
    if (read.some(([digest, blob]) => digestLike(digest, blob) !== digest)) return undefined;
    return {
      manifest: toDescriptor(manifest),
      ...(index && { index: { descriptor: toDescriptor(index.descriptor), bytes: Buffer.from(index.bytes, 'base64') } }),
      blobs: new Map(read),
    };
  } catch {
    return undefined;
  }
}

/** The image of a shell: layers are had from `open`, which is called once, when the first is asked for. */
export function shellImage({ manifest, index, blobs }: Shell, open: () => Promise<RawImage>): Omit<RawImage, 'name' | 'aliases'> {
  let opened: Promise<RawImage> | undefined;
  const whole = () => {
    opened ??= open();
    return opened;
  };
  return {
    manifest,
    ...(index && { index }),
    async readManifest() {
      return blobs.get(manifest.digest) ?? (await whole()).readManifest();
    },
    async *readBlob(wanted) {
      const bytes = blobs.get(wanted.digest);
      if (bytes) yield bytes;
      else yield* (await whole()).readBlob(wanted);
    },
    locate: async (wanted) => (await whole()).locate?.(wanted),
    async [Symbol.asyncDispose]() {
      const raw = await opened?.catch(() => undefined);
      await raw?.[Symbol.asyncDispose]();
    },
  };
}

/** The digest of bytes, by the algorithm of another. */
function digestLike(digest: string, bytes: Uint8Array): string {
  const hasher = createHasher(digest.startsWith('sha512:') ? 'sha512' : 'sha256');
  hasher.update(bytes);
  return hasher.digest();
}

function plain({ mediaType, digest, size }: Descriptor) {
  return { mediaType, digest, size };
}

function toDescriptor({ platform: at, ...rest }: z.infer<typeof descriptor>): Descriptor {
  if (!at) return rest;
  const { variant, ...common } = at;
  return { ...rest, platform: { ...common, ...(variant !== undefined && { variant }) } };
}

function parse(bytes: Uint8Array): unknown {
  return parseJson(bytes, (cause) => new AppError('MANIFEST_INVALID', 'a document of the image is no JSON', { cause }));
}
