import { AppError, connectEngine, pullImage, readCredentials, type Workspace } from '@plimsoll/core';
import { familiarName, type ImageDescription, type PullImage } from '@plimsoll/model';
import type { JobWork } from '../types.ts';

/** Pulls what an image's tag points to now into the engine of this machine, and indexes it. Throws `REQUEST_INVALID` for an image without a tag. */
export function pullImageJob({ reference, platform, digest }: ImageDescription, { removeOld }: PullImage, workspace: Workspace): JobWork {
  if (reference?.tag === undefined) throw new AppError('REQUEST_INVALID', `the image ${digest} has no tag of a registry to pull`);
  const { digest: _, ...tag } = reference;
  const name = familiarName(tag);
  return {
    kind: 'pull-image',
    subject: name,
    key: JSON.stringify(['pull-image', name]),
    async run(context) {
      const engine = await connectEngine(context);
      if (!engine) throw new AppError('ENGINE_UNREACHABLE', 'no container engine was found on this machine', { hint: 'set DOCKER_HOST' });
      const login = (await readCredentials(reference.registry, context))?.basic;
      const { changed, removed, kept } = await pullImage(engine, { name, removeOld, ...(login !== undefined && { login }) }, context);
      const inventory = await workspace.index(`registry://${name}`, { platform }, context);
      const step = changed ? 'pulled a newer image' : 'up to date';
      const old = removed ? '; the old one is removed' : kept === undefined ? '' : `; the old one is kept: ${kept}`;
      return { step: step + old, result: inventory.image.digest };
    },
  };
}
