import { parsePlatform, type Want, type Workspace } from '@plimsoll/core';
import type { AddImage } from '@plimsoll/model';
import type { JobWork } from '../types.ts';

/** Indexes an image and assesses it once, so that its page opens at once. Throws for a platform that is none. */
export function indexImageJob({ input, platform, ref }: AddImage, workspace: Workspace): JobWork {
  const want: Want = { ...(platform !== undefined && { platform: parsePlatform(platform) }), ...(ref !== undefined && { ref }) };
  return {
    kind: 'index-image',
    subject: ref === undefined ? input : `${input} (${ref})`,
    key: JSON.stringify(['index-image', input, platform, ref]),
    async run(context) {
      const inventory = await workspace.index(input, want, context);
      context.progress({ step: 'looking up advisories' });
      workspace.assess(inventory, context);
      return { step: 'indexed', result: inventory.image.digest };
    },
  };
}
