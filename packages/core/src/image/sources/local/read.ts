import { familiarName, platformName, type Reference } from '@plimsoll/model';
import { fitsPlatform } from '../../../oci/platform.ts';
import { parseReference } from '../../../oci/reference.ts';
import { type Context, throwIfCancelled } from '../../../util/context.ts';
import { AppError, isAppError } from '../../../util/errors.ts';
import { chooseSaved, readSaved, savedImage } from '../../shared/docker-save.ts';
import { type FileSet, tarFiles } from '../../shared/file-set.ts';
import { chooseImage, holdsManifest, layoutImage, readLayout } from '../../shared/layout.ts';
import { spool } from '../../shared/spool.ts';
import type { LentEngine, RawImage, Want } from '../../types.ts';
import { readShell, shellImage, writeShell } from './shell.ts';

/** An image as the engine keeps it. */
type Kept = NonNullable<Awaited<ReturnType<LentEngine['findImage']>>>;

/**
 * The engine's image of a name or id. What it exports is kept in a temporary file until the image is disposed of; where the image is remembered by its id,
 * it is exported only when a layer is asked for.
 * Throws `ENGINE_UNREACHABLE`, `IMAGE_NOT_FOUND`, `PLATFORM_MISSING`.
 */
export async function openLocal(input: string, want: Want, context: Context): Promise<RawImage> {
  const engine = await connect(want, context);
  const found = await engine.findImage(input, context);
  if (!found) {
    throw new AppError('IMAGE_NOT_FOUND', `${engine.name} has no image ${input}`, { hint: 'pull it, or read it with registry://' });
  }
  const { platform } = want;
  if (platform && found.platform && !fitsPlatform(found.platform, platform)) {
    throw new AppError('PLATFORM_MISSING', `${engine.name} has ${input} not for ${platformName(platform)}`, {
      hint: `it is there for ${platformName(found.platform)}; registry:// may have others`,
    });
  }
  const { memory } = want;
  const key = `local ${found.id} ${platform ? platformName(platform) : ''}`;
  const shell = readShell(await memory?.get(key));
  const open = () => exported(engine, found, input, want, context);
  if (shell) return { ...shellImage(shell, open), ...calledBy(input, found) };
  const raw = await open();
  const bytes = memory && (await writeShell(raw));
  if (bytes) await memory?.set(key, bytes);
  return raw;
}

/** Every image of the engine that has a name; one that cannot be read becomes a diagnostic. */
export async function* listLocal(_: string, context: Context, lent: Pick<Want, 'engine'>): AsyncGenerator<RawImage> {
  const engine = await connect(lent, context);
  for (const found of await engine.listImages(context)) {
    const name = found.names[0] ?? found.id;
    const raw = await exported(engine, found, name, {}, context).catch((error: unknown) => {
      if (!isAppError(error) || error.code === 'CANCELLED') throw error;
      context.diagnose({ code: error.code, message: `${name}: ${error.message}`, author: 'local' });
    });
    if (raw) yield raw;
  }
}

async function connect({ engine: lend }: Pick<Want, 'engine'>, context: Context): Promise<LentEngine> {
  throwIfCancelled(context);
  const engine = await lend?.(context);
  if (engine) return engine;
  throw new AppError('ENGINE_UNREACHABLE', 'no container engine was found on this machine', { hint: 'start it, or set DOCKER_HOST' });
}

async function exported(engine: LentEngine, found: Kept, input: string, want: Want, context: Context): Promise<RawImage> {
  const saved = await spool(counted(engine.exportImage(found.id, context), input, context), {
    kind: 'local',
    what: `what ${engine.name} gives of ${input}`,
  });
  const files = await tarFiles(saved.file).catch(async (error: unknown) => {
    await saved.remove();
    throw error;
  });
  const dispose = async () => {
    await files[Symbol.asyncDispose]();
    await saved.remove();
  };
  try {
    const raw = await chosen(files, input, want);
    return { ...raw, ...calledBy(input, found), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Engines keep one image a name, but may know of platforms that they did not pull. */
async function chosen(files: Awaited<ReturnType<typeof tarFiles>>, place: string, { platform }: Want): Promise<RawImage> {
  const want = platform ? { platform } : {};
  if (!files.entries.has('index.json')) return savedImage(files, chooseSaved(await readSaved(files, place), want, place));
  const images = await readLayout(files, place);
  const there = await presentOf(files, images);
  return layoutImage(files, chooseImage(there.length > 0 ? there : images, want, place), images, place);
}

async function presentOf(files: FileSet, images: Awaited<ReturnType<typeof readLayout>>) {
  const there = await Promise.all(images.map((image) => holdsManifest(files, image)));
  return images.filter((_, position) => there[position]);
}

/** The name that was asked for, as the engine knows it; for an id its first name; its other names are aliases. */
function calledBy(input: string, { id, names }: Kept): Pick<RawImage, 'name' | 'aliases'> & { readonly reference?: Reference } {
  const isId = /^(?:sha256:)?[0-9a-f]{4,64}$/.test(input) && id.replace('sha256:', '').startsWith(input.replace('sha256:', ''));
  const asked = isId ? undefined : referenceOf(input);
  const known = names.flatMap((name) => referenceOf(name) ?? []);
  const same = known.find((reference) => asked && familiarName(reference) === familiarName(asked));
  const reference = asked?.digest ? asked : (same ?? known[0] ?? asked);
  const name = reference ? familiarName(reference) : input;
  return { name, ...(reference && { reference }), aliases: known.map(familiarName).filter((alias) => alias !== name) };
}

function referenceOf(name: string): Reference | undefined {
  try {
    return parseReference(name);
  } catch {
    return undefined;
  }
}

async function* counted(input: AsyncIterable<Uint8Array>, name: string, context: Context): AsyncGenerator<Uint8Array> {
  let size = 0;
  let said = 0;
  for await (const chunk of input) {
    throwIfCancelled(context);
    size += chunk.length;
    if (size - said > 16e6) {
      said = size;
      context.progress({ step: `${name} from the engine: ${Math.round(size / 1e6)} MB` });
    }
    yield chunk;
  }
}
