import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildImage } from '../image-builder.ts';
import { ociLayoutFiles } from '../image-builder-layouts.ts';
import type { BuiltImage, ImageSpec } from '../image-builder-types.ts';
import { composeLayers, type InstalledPackages, nothingInstalled } from './compose.ts';
import { sampleImages } from './images.data.ts';
import type { SampleImage } from './types.ts';

/** Where an image of the sample lies once it is written. */
export interface WrittenImage {
  readonly image: SampleImage;
  /** OCI layout that holds it. */
  readonly layout: string;
  /** Its name in the layout. */
  readonly ref: string;
}

/** Writes the sample fleet into a folder: one OCI layout a shelf. Returns the images in the order in which they came to be. */
export async function writeFleet(folder: string): Promise<readonly WrittenImage[]> {
  const built = buildFleet();
  const written: WrittenImage[] = [];
  for (const [shelf, images] of Map.groupBy(built, ({ image }) => image.shelf)) {
    const layout = path.join(folder, shelf);
    for (const file of ociLayoutFiles(images.map(({ image, result }) => ({ ref: image.name, image: result })))) {
      if ('content' in file) await writeSparse(path.join(layout, file.path), file.content);
    }
    written.push(...images.map(({ image }) => ({ image, layout, ref: image.name })));
  }
  return written;
}

/** The sample fleet in memory, earliest first. */
export function buildFleet(): readonly { readonly image: SampleImage; readonly result: BuiltImage }[] {
  const built = new Map<string, { readonly image: SampleImage; readonly result: BuiltImage; readonly installed: InstalledPackages }>();
  for (const image of sampleImages) {
    const base = image.on === undefined ? undefined : built.get(image.on);
    const { layers, installed } = composeLayers(image.steps, base?.installed ?? nothingInstalled);
    built.set(image.id, { image, result: buildImage({ ...specOf(image, base), layers }), installed });
  }
  return [...built.values()];
}

function specOf(image: SampleImage, base: { readonly image: SampleImage; readonly result: BuiltImage } | undefined): ImageSpec {
  const { created, env, cmd, entrypoint, user, labels } = image;
  return {
    created,
    compression: 'none',
    config: { ...(env && { env }), ...(cmd && { cmd }), ...(entrypoint && { entrypoint }), ...(user && { user }) },
    ...(labels && { labels }),
    ...(base && { base: base.result }),
    ...(image.provenance && base && { provenance: { materials: [{ uri: purlOf(base.image), digest: base.result.digest }] } }),
  };
}

/** `pkg:docker/python@3.12-slim?platform=linux%2Famd64`, as BuildKit writes it. */
function purlOf({ name }: SampleImage): string {
  const [repository, tag] = name.replace(/^docker\.io\/library\//, '').split(':');
  return `pkg:docker/${repository}@${tag}?platform=linux%2Famd64`;
}

/** Writes a file and leaves out its long runs of zeros: what fills up the layers then costs no room on the disk. */
async function writeSparse(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  if (typeof content === 'string') return writeFile(file, content);
  const handle = await open(file, 'w');
  try {
    for (let at = 0; at < content.length; at += PIECE) {
      const piece = content.subarray(at, at + PIECE);
      if (!ZEROS.subarray(0, piece.length).equals(piece)) await handle.write(piece, 0, piece.length, at);
    }
    await handle.truncate(content.length);
  } finally {
    await handle.close();
  }
}

const PIECE = 64 * 1024;
const ZEROS = Buffer.alloc(PIECE);
