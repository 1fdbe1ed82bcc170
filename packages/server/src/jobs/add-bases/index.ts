import { parsePlatform, type Workspace } from '@plimsoll/core';
import type { AddBases } from '@plimsoll/model';
import type { JobWork } from '../types.ts';

/** Adds every image of a place to the base index. */
export function addBasesJob({ input, tags, platforms }: AddBases, workspace: Workspace): JobWork {
  return {
    kind: 'add-bases',
    subject: input,
    key: JSON.stringify(['add-bases', input, tags, platforms]),
    async run(context) {
      const wanted = { ...(tags && { tags }), ...(platforms && { platforms: platforms.map(parsePlatform) }) };
      const results = await workspace.syncBases(input, wanted, context);
      const images = results.reduce((total, result) => total + result.images, 0);
      const repositories = results.flatMap((result) => result.repositories);
      return { step: `${count(images, 'image', 'images')} of ${count(repositories.length, 'repository', 'repositories')} added` };
    },
  };
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
