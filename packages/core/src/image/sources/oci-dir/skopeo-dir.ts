import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isIndexType, mediaTypes } from '../../../oci/media-types.ts';
import { AppError } from '../../../util/errors.ts';
import { type FileSet, folderFiles } from '../../shared/file-set.ts';
import { chooseImage, describeManifest, layoutImage, MAX_MANIFEST } from '../../shared/layout.ts';
import type { RawImage, Want } from '../../types.ts';

/** Whether a folder is of skopeo's `dir:` transport: a manifest and its blobs by their hex digits, side by side. */
export function isSkopeoFolder(folder: string): boolean {
  return existsSync(path.join(folder, 'manifest.json')) && existsSync(path.join(folder, 'version'));
}

/** The one image of such a folder. https://github.com/containers/image/blob/main/docs/containers-transports.5.md */
export async function openSkopeoFolder(folder: string, want: Want): Promise<RawImage> {
  const bytes = await readFile(path.join(folder, 'manifest.json'));
  if (bytes.length > MAX_MANIFEST) throw new AppError('LIMIT_EXCEEDED', `the manifest of ${folder} is larger than ${MAX_MANIFEST} bytes`);
  const type = /"mediaType":\s*"([^"]+)"/.exec(bytes.subarray(0, 512).toString())?.[1] ?? mediaTypes.ociManifest;
  if (isIndexType(type))
    throw new AppError('NOT_AN_IMAGE', `${folder} holds an index of several images`, { hint: 'copy it to an oci: layout' });
  const descriptor = await describeManifest(bytes, type);
  const plain = folderFiles(folder);
  const files: FileSet = {
    locate: (name) => plain.locate(name.endsWith(descriptor.digest.slice(7)) ? 'manifest.json' : name.slice(name.lastIndexOf('/') + 1)),
    async [Symbol.asyncDispose]() {},
  };
  const images = [{ names: [], descriptor }];
  return layoutImage(files, chooseImage(images, want, folder), images, folder);
}
