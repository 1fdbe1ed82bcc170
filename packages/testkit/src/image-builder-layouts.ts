import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { blobsOf, jsonBlob, topOf } from './image-builder.ts';
import { digestOf, pack, writeTar } from './image-builder-tar.ts';
import type { BuiltImage, FileSpec, NamedImage, Packing } from './image-builder-types.ts';

const REF = 'org.opencontainers.image.ref.name';
const NAME = 'io.containerd.image.name';
const LAYOUT = '{"imageLayoutVersion":"1.0.0"}';

/** Writes an OCI layout into a folder, which is made where it is not there. Images share blobs. */
export async function writeOciLayout(folder: string, images: readonly NamedImage[]): Promise<void> {
  await writeFolder(folder, ociLayoutFiles(images));
}

/** A tar of an OCI layout. */
export function ociLayoutTar(images: readonly NamedImage[], packing: Packing = 'none'): Uint8Array {
  return pack(writeTar(ociLayoutFiles(images)), packing);
}

/** Files of an OCI layout, so that a test can spoil one before it is written. */
export function ociLayoutFiles(images: readonly NamedImage[]): readonly FileSpec[] {
  return layoutFiles(images, (ref) => ({ [REF]: ref }));
}

/**
 * What `docker save` writes. `classic`: up to Docker 24, a folder a layer, a layer that repeats a symbolic link to the first;
 * `graphdriver`: Docker 25 and later, an OCI layout with plain layers beside `manifest.json`; `containerd`: the containerd store, layers as
 * they were pulled. Names are full references with a tag.
 */
export function dockerSaveTar(
  images: readonly { readonly ref?: string; readonly image: BuiltImage }[],
  options: { readonly kind: 'classic' | 'graphdriver' | 'containerd'; readonly compression?: Packing },
): Uint8Array {
  const files = options.kind === 'classic' ? classicFiles(images) : engineFiles(images, options.kind);
  return pack(writeTar(files), options.compression ?? 'none');
}

/** Writes what `skopeo copy ... dir:` writes: manifest and blobs side by side. */
export async function writeSkopeoDir(folder: string, image: BuiltImage): Promise<void> {
  const blobs = blobsOf(image).filter(({ descriptor }) => descriptor.digest !== image.digest);
  await writeFolder(folder, [
    { path: 'version', content: 'Directory Transport Version: 1.1\n' },
    { path: 'manifest.json', content: image.manifest.bytes },
    ...blobs.map(({ descriptor, bytes }) => ({ path: descriptor.digest.slice('sha256:'.length), content: bytes })),
  ]);
}

/** Writes files and folders of a spec below a folder. */
export async function writeFolder(folder: string, files: readonly FileSpec[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of files) {
    if (!('content' in file)) continue;
    const target = path.join(folder, file.path);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.content);
  }
}

function layoutFiles(images: readonly NamedImage[], annotate: (ref: string) => Record<string, string>): readonly FileSpec[] {
  const blobs = new Map(images.flatMap(({ image }) => blobsOf(image)).map((blob) => [blob.descriptor.digest, blob]));
  const manifests = images.map(({ ref, image }) => {
    const { descriptor } = topOf(image);
    return ref === undefined ? descriptor : { ...descriptor, annotations: { ...descriptor.annotations, ...annotate(ref) } };
  });
  return [
    { path: 'oci-layout', content: LAYOUT },
    { path: 'index.json', content: JSON.stringify({ schemaVersion: 2, manifests }) },
    ...[...blobs.values()].map(({ descriptor, bytes }) => ({ path: blobPath(descriptor.digest), content: bytes })),
  ];
}

function classicFiles(images: Parameters<typeof dockerSaveTar>[0]): readonly FileSpec[] {
  const files = new Map<string, FileSpec>();
  const firstFolder = new Map<string, string>();
  const saved = [...byImage(images)].map(([image, refs]) => {
    const config = `${image.config.descriptor.digest.slice(7)}.json`;
    const layers = image.layers.map(({ diffId, tar }, position) => {
      const folder = digestOf(`${image.chainIds[position]}`).slice(7);
      const first = firstFolder.get(diffId);
      const file = `${folder}/layer.tar`;
      if (first === undefined) firstFolder.set(diffId, folder);
      if (!files.has(file))
        files.set(file, first === undefined ? { path: file, content: tar } : { path: file, link: `../${first}/layer.tar` });
      return file;
    });
    files.set(config, { path: config, content: image.config.bytes });
    return { Config: config, RepoTags: refs.length > 0 ? refs : null, Layers: layers };
  });
  return [...files.values(), { path: 'manifest.json', content: JSON.stringify(saved) }];
}

function engineFiles(images: Parameters<typeof dockerSaveTar>[0], kind: 'graphdriver' | 'containerd'): readonly FileSpec[] {
  const stored = images.map(({ ref, image }) => ({
    ...(ref !== undefined && { ref }),
    image: kind === 'graphdriver' ? plain(image) : image,
  }));
  const saved = [...byImage(stored)].map(([image, refs]) => ({
    Config: blobPath(image.config.descriptor.digest),
    RepoTags: refs.length > 0 ? refs : null,
    Layers: image.layers.length > 0 ? image.layers.map(({ descriptor }) => blobPath(descriptor.digest)) : null,
  }));
  return [
    ...layoutFiles(stored, (ref) => ({ [NAME]: ref, [REF]: ref.slice(ref.lastIndexOf(':') + 1) })),
    { path: 'manifest.json', content: JSON.stringify(saved) },
  ];
}

/** The same image with its layers unpacked, which gives it another manifest. */
function plain(image: BuiltImage): BuiltImage {
  const layers = image.layers.map(({ tar, diffId }) => {
    const descriptor = { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: diffId, size: tar.length };
    return { tar, diffId, bytes: tar, descriptor };
  });
  const type = 'application/vnd.oci.image.manifest.v1+json';
  const config = { ...image.config.descriptor, mediaType: 'application/vnd.oci.image.config.v1+json' };
  const manifest = jsonBlob(type, { schemaVersion: 2, mediaType: type, config, layers: layers.map(({ descriptor }) => descriptor) });
  const { attestation: _, ...rest } = image;
  return { ...rest, layers, manifest, digest: manifest.descriptor.digest };
}

function byImage<Image extends BuiltImage>(
  images: readonly { readonly ref?: string; readonly image: Image }[],
): ReadonlyMap<Image, readonly string[]> {
  const names = new Map<string, { readonly image: Image; readonly refs: string[] }>();
  for (const { ref, image } of images) {
    const known = names.get(image.config.descriptor.digest) ?? { image, refs: [] };
    if (ref !== undefined) known.refs.push(ref);
    names.set(image.config.descriptor.digest, known);
  }
  return new Map([...names.values()].map(({ image, refs }) => [image, refs]));
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}
