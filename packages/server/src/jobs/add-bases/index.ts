import type { Workspace } from '@plimsoll/core';
import type { AddBases } from '@plimsoll/model';
import type { JobWork } from '../types.ts';

/** Adds every image of a place to the base index. */
export function addBasesJob({ input }: AddBases, workspace: Workspace): JobWork {
  return {
    kind: 'add-bases',
    subject: input,
    key: JSON.stringify(['add-bases', input]),
    async run(context) {
      const { images, repositories } = await workspace.addBases(input, context);
      return { step: `${count(images, 'image', 'images')} of ${count(repositories.length, 'repository', 'repositories')} added` };
    },
  };
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
