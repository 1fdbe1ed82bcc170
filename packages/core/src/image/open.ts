import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { platformName } from '@plimsoll/model';
import { layerKind } from '../oci/media-types.ts';
import { fitsPlatform } from '../oci/platform.ts';
import { type Context, throwIfCancelled } from '../util/context.ts';
import { AppError, isAppError } from '../util/errors.ts';
import { extend } from './extend.ts';
import { imageSources } from './registry.ts';
import { archive } from './sources/archive/index.ts';
import { fs } from './sources/fs/index.ts';
import { local } from './sources/local/index.ts';
import { ociDir } from './sources/oci-dir/index.ts';
import { registry } from './sources/registry/index.ts';
import type { Image, ImageSource, Want } from './types.ts';

/** Milliseconds that an engine has to answer where nobody said that it is meant. */
const ENGINE_PATIENCE = 3000;

/**
 * Opens an image: `[prefix://]image`, where the prefix names the source (`local`, `registry`, `oci-dir`, `archive`, `fs`; `image` is none).
 * Without one, a path that exists is read where it lies, and anything else is a reference: looked for in the container engine of this machine where
 * one is lent and answers, then in its registry. Manifest, config and descriptors are verified; layers as they are read.
 * Throws `INPUT_UNRECOGNISED`, `IMAGE_NOT_FOUND`, `REFERENCE_*`, `PLATFORM_MISSING`, `ENGINE_UNREACHABLE`, `REGISTRY_*`, `BLOB_*`,
 * `MANIFEST_INVALID`, `CONFIG_INVALID`, `NOT_AN_IMAGE`.
 */
export async function openImage(input: string, want: Want, context: Context): Promise<Image> {
  throwIfCancelled(context);
  const { source, rest, isNamed } = chooseSource(input);
  if (source === registry && !isNamed && want.engine) return openNearest({ input, rest }, want, context);
  return openFrom(source, { input, rest }, want, context);
}

interface Input {
  /** As it was given. */
  readonly input: string;
  /** Without its prefix. */
  readonly rest: string;
}

/** The engine's image, else the registry's: an engine that is not there, does not answer or has no such image is passed over. */
async function openNearest(at: Input, want: Want, context: Context): Promise<Image> {
  const { engine } = want;
  const patient: Want = { ...want, ...(engine && { engine: (ongoing) => engine(ongoing, { patience: ENGINE_PATIENCE }) }) };
  try {
    return await openFrom(local, at, patient, context);
  } catch (error) {
    if (!isAppError(error) || !PASSED_OVER.has(error.code)) throw error;
    return openFrom(registry, at, want, context);
  }
}

const PASSED_OVER: ReadonlySet<string> = new Set(['ENGINE_UNREACHABLE', 'IMAGE_NOT_FOUND', 'PLATFORM_MISSING']);

async function openFrom(source: ImageSource, { input, rest }: Input, want: Want, context: Context): Promise<Image> {
  const raw = await source.open(rest, want, context);
  if (!raw) throw new AppError('INPUT_UNRECOGNISED', `${input} is nothing that ${source.id} can read`);
  try {
    const image = await extend(raw, { source: source.id, input }, context);
    if (raw.manifest.platform === undefined) checkPlatform(image, want);
    refuseLayers(image);
    tellPlatform(image, context);
    return image;
  } catch (error) {
    await raw[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Every image of a folder, an archive, a repository (all tags, all platforms) or an engine, without reading a layer. An image that cannot be
 * read becomes a diagnostic, and the rest is listed. Each image is disposed of when the next is asked for.
 */
export async function* listImages(input: string, context: Context, lent: Pick<Want, 'engine'> = {}): AsyncGenerator<Image> {
  const { source, rest } = chooseSource(input);
  if (!source.list) throw new AppError('INPUT_UNRECOGNISED', `${source.id} cannot list its images`);
  for await (const raw of source.list(rest, context, lent)) {
    const image = await extend(raw, { source: source.id, input }, context).catch(async (error: unknown) => {
      await raw[Symbol.asyncDispose]();
      if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error;
      context.diagnose({ code: error.code, message: `${raw.name}: ${error.message}`, author: source.id });
    });
    if (!image) continue;
    try {
      yield image;
    } finally {
      await image[Symbol.asyncDispose]();
    }
  }
}

/** A manifest that was not chosen from an index says only in its config what it is made for. */
function checkPlatform({ description: { name, platform } }: Image, want: Want): void {
  if (!want.platform || fitsPlatform(platform, want.platform)) return;
  throw new AppError('PLATFORM_MISSING', `${name} is not there for ${platformName(want.platform)}`, {
    hint: `it is there for ${platformName(platform)}`,
  });
}

/** What could only fail after minutes of fetching is said at once. A foreign layer may well be there. */
function refuseLayers({ layers }: Image): void {
  for (const { descriptor, layer } of layers) {
    const kind = layerKind(descriptor.mediaType);
    if (kind === 'encrypted') {
      throw new AppError('LAYER_ENCRYPTED', `layer ${layer.index} of the image is encrypted`, {
        hint: 'decrypt it first, as with skopeo copy --decryption-key, and read the copy',
      });
    }
    if (kind === 'unknown') {
      throw new AppError(
        'MEDIA_TYPE_UNKNOWN',
        `layer ${layer.index} of the image is of the type ${printable(descriptor.mediaType)}, which is not known`,
        {
          hint: 'convert the image to layers of tar, as with nerdctl image convert --oci or skopeo copy',
        },
      );
    }
  }
}

function printable(type: string): string {
  return type.replace(/[^\x20-\x7e]/g, '').slice(0, 200);
}

function tellPlatform({ description: { name, platform, source } }: Image, context: Context): void {
  if (platform.os === 'linux') return;
  const message = `${name} is made for ${platformName(platform)}: the packages of its system are not read, only those of languages`;
  context.diagnose({ code: 'PLATFORM_NOT_READ', message, author: source });
}

/** The repository that an input names, tag or digest with it; undefined where it is a folder or an archive. */
export function repositoryOf(input: string): string | undefined {
  const { source, rest } = chooseSource(input);
  return source.id === registry.id ? rest : undefined;
}

function chooseSource(input: string): { readonly source: ImageSource; readonly rest: string; readonly isNamed: boolean } {
  const split = input.indexOf('://');
  const prefix = split === -1 ? 'image' : input.slice(0, split);
  const rest = split === -1 ? input : input.slice(split + 3);
  if (prefix === 'image') return { source: recognise(rest), rest, isNamed: false };
  const source = imageSources.find(({ prefixes }) => (prefixes as readonly string[]).includes(prefix));
  if (source) return { source, rest, isNamed: true };
  const known = imageSources.flatMap(({ prefixes }) => prefixes.map((name) => `${name}://`)).join(', ');
  throw new AppError('INPUT_UNRECOGNISED', `${prefix}:// is no place images are read from`, { hint: `use one of ${known}` });
}

function recognise(input: string): ImageSource {
  const found = statSync(input, { throwIfNoEntry: false });
  const isPath = input.startsWith('/') || input.startsWith('./') || input.startsWith('../') || input === '.' || input === '..';
  // A folder may by chance be called as an image is: `debian`.
  if (found?.isDirectory() && holdsImage(input)) return ociDir;
  if (found?.isDirectory() && isPath) return fs;
  if (found?.isFile()) return archive;
  if (isPath) {
    throw new AppError('IMAGE_NOT_FOUND', `there is no file or folder ${input}`);
  }
  return registry;
}

function holdsImage(folder: string): boolean {
  return ['index.json', 'oci-layout', 'manifest.json'].some((name) => existsSync(path.join(folder, name)));
}
