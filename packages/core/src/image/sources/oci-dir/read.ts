import { statSync } from 'node:fs';
import { AppError } from '../../../util/errors.ts';
import { type FileSet, folderFiles, tarFiles } from '../../shared/file-set.ts';
import { chooseImage, layoutImage, readLayout } from '../../shared/layout.ts';
import type { RawImage, Want } from '../../types.ts';
import { isSkopeoFolder, openSkopeoFolder } from './skopeo-dir.ts';

/** The wanted image of a layout; a tar's temporary files stay until it is disposed of. */
export async function openLayout(input: string, want: Want): Promise<RawImage> {
  if (isFolder(input) && isSkopeoFolder(input)) return openSkopeoFolder(input, want);
  const files = await openFiles(input);
  try {
    const images = await readLayout(files, input);
    return layoutImage(files, chooseImage(images, want, input), images, input);
  } catch (error) {
    await files[Symbol.asyncDispose]();
    throw error;
  }
}

/** Every image of a layout. */
export async function* listLayout(input: string): AsyncGenerator<RawImage> {
  if (isFolder(input) && isSkopeoFolder(input)) {
    yield await openSkopeoFolder(input, {});
    return;
  }
  await using files = await openFiles(input);
  const images = await readLayout(files, input);
  for (const image of images) yield { ...layoutImage(files, image, images, input), async [Symbol.asyncDispose]() {} };
}

async function openFiles(input: string): Promise<FileSet> {
  const found = statSync(input, { throwIfNoEntry: false });
  if (!found) throw new AppError('IMAGE_NOT_FOUND', `there is no file or folder ${input}`);
  return isFolder(input) ? folderFiles(input) : tarFiles(input);
}

function isFolder(input: string): boolean {
  return statSync(input, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
