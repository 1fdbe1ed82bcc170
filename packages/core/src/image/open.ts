import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { platformName } from '@plimsoll/model';
import { fitsPlatform } from '../oci/platform.ts';
import { type Context, throwIfCancelled } from '../util/context.ts';
import { AppError } from '../util/errors.ts';
import { extend } from './extend.ts';
import { imageSources } from './registry.ts';
import { archive } from './sources/archive/index.ts';
import { ociDir } from './sources/oci-dir/index.ts';
import { registry } from './sources/registry/index.ts';
import type { Image, ImageSource, Want } from './types.ts';

/**
 * Opens an image: `[prefix://]image`, where the prefix names the source (`oci-dir`, `archive`, `registry`; `image` is none). Without one, a path
 * that exists is read where it lies, and anything else is a reference. Manifest, config and descriptors are verified; layers as they are read.
 * Throws `INPUT_UNRECOGNISED`, `IMAGE_NOT_FOUND`, `REFERENCE_*`, `PLATFORM_MISSING`, `REGISTRY_*`, `BLOB_*`, `MANIFEST_INVALID`, `CONFIG_INVALID`.
 */
export async function openImage(input: string, want: Want, context: Context): Promise<Image> {
  throwIfCancelled(context);
  const { source, rest } = chooseSource(input);
  const raw = await source.open(rest, want, context);
  if (!raw) throw new AppError('INPUT_UNRECOGNISED', `${input} is nothing that ${source.id} can read`);
  try {
    const image = await extend(raw, { source: source.id, input }, context);
    if (raw.manifest.platform === undefined) checkPlatform(image, want);
    return image;
  } catch (error) {
    await raw[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Every image of a folder, an archive or a repository (all tags, all platforms), without reading a layer. An image that cannot be read
 * becomes a diagnostic, and the rest is listed. Each image is disposed of when the next is asked for.
 */
export async function* listImages(input: string, context: Context): AsyncGenerator<Image> {
  const { source, rest } = chooseSource(input);
  if (!source.list) throw new AppError('INPUT_UNRECOGNISED', `${source.id} cannot list its images`);
  for await (const raw of source.list(rest, context)) {
    const image = await extend(raw, { source: source.id, input }, context).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error;
      context.diagnose({ code: error.code, message: `${raw.name}: ${error.message}`, author: source.id });
    });
    if (!image) continue;
    yield image;
    await image[Symbol.asyncDispose]();
  }
}

/** A manifest that was not chosen from an index says only in its config what it is made for. */
function checkPlatform({ description: { name, platform } }: Image, want: Want): void {
  if (!want.platform || fitsPlatform(platform, want.platform)) return;
  throw new AppError('PLATFORM_MISSING', `${name} is not there for ${platformName(want.platform)}`, {
    hint: `it is there for ${platformName(platform)}`,
  });
}

/** The repository that an input names, tag or digest with it; undefined where it is a folder or an archive. */
export function repositoryOf(input: string): string | undefined {
  const { source, rest } = chooseSource(input);
  return source.id === registry.id ? rest : undefined;
}

function chooseSource(input: string): { readonly source: ImageSource; readonly rest: string } {
  const split = input.indexOf('://');
  const prefix = split === -1 ? 'image' : input.slice(0, split);
  const rest = split === -1 ? input : input.slice(split + 3);
  if (prefix === 'image') return { source: recognise(rest), rest };
  const source = imageSources.find(({ prefixes }) => (prefixes as readonly string[]).includes(prefix));
  if (source) return { source, rest };
  const known = imageSources.flatMap(({ prefixes }) => prefixes.map((name) => `${name}://`)).join(', ');
  throw new AppError('INPUT_UNRECOGNISED', `${prefix}:// is no place images are read from`, { hint: `use one of ${known}` });
}

function recognise(input: string): ImageSource {
  const found = statSync(input, { throwIfNoEntry: false });
  const isPath = input.startsWith('/') || input.startsWith('./') || input.startsWith('../') || input === '.';
  // A folder may by chance be called as an image is: `debian`.
  if (found?.isDirectory() && (isPath || holdsImage(input))) return ociDir;
  if (found?.isFile()) return archive;
  if (isPath) {
    throw new AppError('IMAGE_NOT_FOUND', `there is no file or folder ${input}`);
  }
  return registry;
}

function holdsImage(folder: string): boolean {
  return ['index.json', 'oci-layout', 'manifest.json'].some((name) => existsSync(path.join(folder, name)));
}
