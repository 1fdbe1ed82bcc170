import { existsSync } from 'node:fs';
import path from 'node:path';
import { mediaTypes } from '../../../oci/media-types.ts';
import { documentKind } from '../../../oci/parse.ts';
import { collect, parseJson, readRange } from '../../../util/bytes.ts';
import { AppError } from '../../../util/errors.ts';
import { sha256 } from '../../../util/hash.ts';
import { type FileSet, folderFiles } from '../../shared/file-set.ts';
import { chooseImage, layoutImage, MAX_MANIFEST } from '../../shared/layout.ts';
import type { RawImage, Want } from '../../types.ts';

/** Whether a folder is of skopeo's `dir:` transport: a manifest and its blobs by their hex digits, side by side. */
export function isSkopeoFolder(folder: string): boolean {
  return existsSync(path.join(folder, 'manifest.json')) && existsSync(path.join(folder, 'version'));
}

/** The one image of such a folder. https://github.com/containers/image/blob/main/docs/containers-transports.5.md */
export async function openSkopeoFolder(folder: string, want: Want): Promise<RawImage> {
  const bytes = await collect(readRange(path.join(folder, 'manifest.json')), MAX_MANIFEST, `the manifest of ${folder}`);
  const document = parseJson(bytes, (cause) => new AppError('MANIFEST_INVALID', `the manifest of ${folder} is no JSON`, { cause }));
  if (documentKind(document) === 'index')
    throw new AppError('NOT_AN_IMAGE', `${folder} holds an index of several images`, { hint: 'copy it to an oci: layout' });
  const descriptor = { mediaType: mediaTypes.ociManifest, digest: sha256(bytes), size: bytes.length };
  const plain = folderFiles(folder);
  const files: FileSet = {
    locate: (name) => plain.locate(name.endsWith(descriptor.digest.slice(7)) ? 'manifest.json' : name.slice(name.lastIndexOf('/') + 1)),
    async [Symbol.asyncDispose]() {},
  };
  const images = [{ names: [], descriptor }];
  return layoutImage(files, chooseImage(images, want, folder), images, folder);
}
