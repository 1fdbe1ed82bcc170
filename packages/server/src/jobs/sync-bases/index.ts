import type { Workspace } from '@plimsoll/core';
import type { SyncBases } from '@plimsoll/model';
import type { JobWork } from '../types.ts';

/** Looks what has changed in one place that the base index follows, or in all. */
export function syncBasesJob({ input }: SyncBases, workspace: Workspace): JobWork {
  return {
    kind: 'sync-bases',
    subject: input ?? 'all bases',
    key: JSON.stringify(['sync-bases', input]),
    async run(context) {
      const results = await workspace.syncBases(input, {}, context);
      const sum = (key: 'tags' | 'changed') => results.reduce((total, result) => total + result[key], 0);
      const failed = results.flatMap(({ input: place, error }) => (error === undefined ? [] : [`${place}: ${error}`]));
      return { step: [`${sum('changed')} of ${sum('tags')} tags changed`, ...failed].join('; ') };
    },
  };
}
