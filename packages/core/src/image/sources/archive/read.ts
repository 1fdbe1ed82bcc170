import { statSync } from 'node:fs';
import type { Context } from '../../../util/context.ts';
import { AppError, isAppError } from '../../../util/errors.ts';
import { chooseSaved, readSaved, type Saved, type SavedFiles, savedImage } from '../../shared/docker-save.ts';
import { tarFiles } from '../../shared/file-set.ts';
import { chooseImage, layoutImage, readLayout } from '../../shared/layout.ts';
import type { RawImage, Want } from '../../types.ts';

/** The wanted image of an archive; it keeps the archive's files until it is disposed of. */
export async function openArchive(input: string, want: Want): Promise<RawImage> {
  const files = await openFiles(input);
  try {
    if (files.entries.has('index.json')) {
      const images = await readLayout(files, input);
      return layoutImage(files, chooseImage(images, want, input), images, input);
    }
    return await savedImage(files, chooseSaved(await readSaved(files, input), want, input));
  } catch (error) {
    await files[Symbol.asyncDispose]();
    throw error;
  }
}

/** Every image of an archive. */
export async function* listArchive(input: string, context: Context): AsyncGenerator<RawImage> {
  await using files = await openFiles(input);
  if (files.entries.has('index.json')) {
    const images = await readLayout(files, input);
    for (const image of images) yield { ...layoutImage(files, image, images, input), async [Symbol.asyncDispose]() {} };
  } else {
    yield* listSaved(files, await readSaved(files, input), context);
  }
}

async function* listSaved(files: SavedFiles, images: readonly Saved[], context: Context): AsyncGenerator<RawImage> {
  for (const saved of images) {
    const raw = await savedImage(files, saved).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      context.diagnose({ code: error.code, message: `${saved.names[0] ?? saved.configName}: ${error.message}`, author: 'archive' });
    });
    if (raw) yield { ...raw, async [Symbol.asyncDispose]() {} };
  }
}

async function openFiles(input: string) {
  const found = statSync(input, { throwIfNoEntry: false });
  if (!found) throw new AppError('IMAGE_NOT_FOUND', `there is no file ${input}`);
  if (found.isDirectory())
    throw new AppError('ARCHIVE_UNREADABLE', `${input} is a folder, not an archive`, { hint: 'read it with oci-dir://' });
  return tarFiles(input);
}
