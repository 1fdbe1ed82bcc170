import { statSync } from 'node:fs';
import { AppError } from '../../../util/errors.ts';
import { folderFiles, tarFiles } from '../../shared/file-set.ts';
import { chooseImage, layoutImage, readLayout } from '../../shared/layout.ts';
import type { ImageSource } from '../../types.ts';
import { isSkopeoFolder, openSkopeoFolder } from './skopeo-dir.ts';

/** An OCI layout: a folder, or a tar of one. */
export const ociDir: ImageSource = {
  id: 'oci-dir',
  prefixes: ['oci-dir'],
  async open(input, want) {
    if (isFolder(input) && isSkopeoFolder(input)) return openSkopeoFolder(input, want);
    const files = await openFiles(input);
    try {
      const images = await readLayout(files, input);
      return layoutImage(files, chooseImage(images, want, input), images, input);
    } catch (error) {
      await files[Symbol.asyncDispose]();
      throw error;
    }
  },
  async *list(input) {
    if (isFolder(input) && isSkopeoFolder(input)) {
      yield await openSkopeoFolder(input, {});
      return;
    }
    const files = await openFiles(input);
    try {
      const images = await readLayout(files, input);
      for (const image of images) yield { ...layoutImage(files, image, images, input), async [Symbol.asyncDispose]() {} };
    } finally {
      await files[Symbol.asyncDispose]();
    }
  },
};

async function openFiles(input: string) {
  const found = statSync(input, { throwIfNoEntry: false });
  if (!found) throw new AppError('IMAGE_NOT_FOUND', `there is no file or folder ${input}`);
  return isFolder(input) ? folderFiles(input) : tarFiles(input);
}

function isFolder(input: string): boolean {
  return statSync(input, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
