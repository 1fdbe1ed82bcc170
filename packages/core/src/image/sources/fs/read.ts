import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { mediaTypes } from '../../../oci/media-types.ts';
import type { Descriptor } from '../../../oci/types.ts';
import { type Context, throwIfCancelled } from '../../../util/context.ts';
import { AppError } from '../../../util/errors.ts';
import { createHasher, sha256 } from '../../../util/hash.ts';
import type { RawImage, Want } from '../../types.ts';
import { readAgain, readFirst } from './tar-stream.ts';
import { type FolderEntry, walkFolder } from './walk.ts';

const limits = { maxEntries: 1_000_000, maxDepth: 200 };
/** How many paths that cannot be read are named. */
const NAMED = 20;
/** A folder does not say what machine it is made for. */
const platform = { os: 'linux', architecture: 'unknown' };

/**
 * A folder as an image of one layer: the tar that it would make, hashed here. Throws `IMAGE_NOT_FOUND`, `ARCHIVE_UNREADABLE` where it is a
 * file, `LIMIT_EXCEEDED`, `CANCELLED`.
 */
export async function openFolder(input: string, _: Want, context: Context): Promise<RawImage> {
  throwIfCancelled(context);
  const root = rootOf(input);
  context.progress({ step: `hashing ${root}` });
  const kept: FolderEntry[] = [];
  const { tell, end } = teller(context);
  const hasher = createHasher();
  let size = 0;
  for await (const chunk of readFirst({ root, entries: walkFolder(root, limits, tell), kept }, tell, context)) {
    size += chunk.length;
    hasher.update(chunk);
  }
  end();
  const layer: Descriptor = { mediaType: mediaTypes.ociLayer, digest: hasher.digest(), size };
  const config = encode({ ...platform, rootfs: { type: 'layers', diff_ids: [layer.digest] } });
  const configDescriptor: Descriptor = { mediaType: mediaTypes.ociConfig, digest: sha256(config), size: config.length };
  const type = mediaTypes.ociManifest;
  const manifest = encode({ schemaVersion: 2, mediaType: type, config: configDescriptor, layers: [layer] });
  return {
    name: root,
    aliases: [],
    manifest: { mediaType: type, digest: sha256(manifest), size: manifest.length, platform },
    live: true,
    readManifest: async () => manifest,
    async *readBlob({ digest }) {
      if (digest === configDescriptor.digest) yield config;
      else if (digest === layer.digest) yield* readAgain(root, kept, context);
      else throw new AppError('BLOB_MISSING', `${root} is a folder and holds no blob ${digest}`);
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** The one image that a folder is. */
export async function* listFolder(input: string, context: Context): AsyncGenerator<RawImage> {
  yield await openFolder(input, {}, context);
}

/** The folder itself, where the input is a link to it: links below it are another matter. */
function rootOf(input: string): string {
  const found = statSync(input, { throwIfNoEntry: false });
  if (!found) throw new AppError('IMAGE_NOT_FOUND', `there is no folder ${input}`);
  if (!found.isDirectory()) {
    throw new AppError('ARCHIVE_UNREADABLE', `${input} is a file, not a folder`, { hint: 'read an archive with archive://' });
  }
  return realpathSync(path.resolve(input));
}

/** Names the first paths that cannot be read, and counts the others. */
function teller(context: Context) {
  let count = 0;
  const say = (message: string, file?: string) =>
    context.diagnose({ code: 'FILE_UNREADABLE', message, author: 'fs', ...(file && { path: file }) });
  return {
    tell(file: string, why: string) {
      count += 1;
      if (count <= NAMED) say(`${file || 'the folder'} was left out: ${why}`, file);
    },
    end() {
      if (count > NAMED) say(`${count - NAMED} more files and folders were left out, since they cannot be read`);
    },
  };
}

function encode(document: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}
