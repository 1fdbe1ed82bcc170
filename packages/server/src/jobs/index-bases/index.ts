import type { StoredImage, Workspace } from '@plimsoll/core';
import type { JobWork } from '../types.ts';

/** Others of the nearest base's repository that are read so that their counts are known. */
const MOST = 5;

/** Indexes the bases an image could move to. */
export function indexBasesJob({ digest, names }: StoredImage, workspace: Workspace): JobWork {
  return {
    kind: 'index-bases',
    subject: names[0] ?? digest,
    key: JSON.stringify(['index-bases', digest]),
    async run(context) {
      const indexed = await workspace.indexCandidates(digest, { most: MOST }, context);
      return { step: `${indexed} ${indexed === 1 ? 'base' : 'bases'} indexed`, result: digest };
    },
  };
}
