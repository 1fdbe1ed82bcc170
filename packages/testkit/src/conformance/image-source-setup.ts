import { createHash } from 'node:crypto';
import type { Context, Image, Want } from '@plimsoll/core';
import type { Diagnostic } from '@plimsoll/model';
import { buildImage } from '../image-builder.ts';
import type { BuiltImage, NamedImage } from '../image-builder-types.ts';

/** A place that holds images, as a source reads it. */
export interface ImagePlace extends AsyncDisposable {
  /** What a user types to get at the image of this name. Without a name: at the place, with all it holds. */
  input(ref?: string): { readonly input: string; readonly want: Want };
}

/** An image source under test. */
export interface ImageSourceCase {
  /** What the description must name as its source. */
  readonly id: string;
  readonly open: (input: string, want: Want, context: Context) => Promise<Image>;
  readonly list: (input: string, context: Context) => AsyncIterable<Image>;
  readonly context: (options: { readonly diagnose?: (diagnostic: Diagnostic) => void; readonly signal?: AbortSignal }) => Context;
  /** Puts images where the source reads them. Names are full references with a tag. */
  place(images: readonly NamedImage[]): Promise<ImagePlace>;
  /** Manifests are stored as they were built; indexes, and with them platforms and attestations, are kept. */
  readonly keepsManifests: boolean;
  /** Without a name there is one image too many to choose from. */
  readonly needsName: boolean;
}

/** Where the images of the suite are said to come from. */
export const root = 'example.org/team';
/** Two instructions, one layer. */
export const base = buildImage({
  layers: [
    { createdBy: 'ADD rootfs.tar /', files: [{ path: 'etc/os-release', content: 'ID=none\n' }] },
    { createdBy: 'CMD ["sh"]', empty: true },
  ],
  config: { env: ['PATH=/bin'], cmd: ['sh'] },
  labels: { maker: 'base' },
});
/** On the base: three more instructions, two more layers. */
export const app = buildImage({
  base,
  layers: [
    { createdBy: 'WORKDIR /app', empty: true, created: '2024-05-01T10:00:00Z' },
    { createdBy: 'COPY . /app', files: [{ path: `app/${'long-name/'.repeat(20)}main.js`, content: 'main()\n' }] },
    { createdBy: 'RUN rm', files: [{ path: 'etc/os-release', whiteout: true }] },
  ],
  config: { user: '1000', workingDir: '/app', exposedPorts: ['80/tcp'], env: ['MODE=x'] },
  labels: { 'org.opencontainers.image.title': 'app' },
});

/** Ways to use a source that each test needs. */
export function useSource(source: ImageSourceCase) {
  const open = async (images: readonly NamedImage[], ref: string, want: Want = {}) => {
    const place = await source.place(images);
    const at = place.input(ref);
    const diagnostics: Diagnostic[] = [];
    const image = await source.open(at.input, { ...at.want, ...want }, source.context({ diagnose: (found) => diagnostics.push(found) }));
    return { place, image, diagnostics, at };
  };
  const fault = async (images: readonly NamedImage[], ref: string | undefined, want: Want = {}, signal?: AbortSignal) => {
    await using place = await source.place(images);
    const at = place.input(ref);
    const opened = source.open(at.input, { ...at.want, ...want }, source.context(signal ? { signal } : {}));
    return await opened.then(
      async (image) => {
        await image[Symbol.asyncDispose]();
        throw new Error('it was opened');
      },
      (error: { readonly code?: string; readonly hint?: string; readonly message: string }) => error,
    );
  };
  return { open, fault };
}

/** The image with another manifest, under its own digest. */
export function withManifest(image: BuiltImage, document: object): BuiltImage {
  const bytes = Buffer.from(JSON.stringify(document));
  const descriptor = { ...image.manifest.descriptor, digest: sha256(bytes), size: bytes.length };
  return { ...image, digest: descriptor.digest, manifest: { bytes, descriptor } };
}

/** The image with layers of other bytes, under the digests of the first. */
export function withLayer(image: BuiltImage, change: (bytes: Uint8Array) => Uint8Array): BuiltImage {
  const layers = image.layers.map((layer) => ({ ...layer, bytes: change(layer.bytes), tar: change(layer.tar) }));
  return { ...image, layers };
}

/** All bytes of a stream. */
export async function bytesOf(stream: AsyncIterable<Uint8Array> = (async function* () {})()): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The digest of bytes. */
export function sha256(bytes: Uint8Array): `sha256:${string}` {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
