import { AppError, type Workspace } from '@plimsoll/core';
import type { UpdateAdvisories } from '@plimsoll/model';
import type { JobWork } from '../types.ts';

/** Fetches advisory sources. Fails where every one of them failed; says which did where only some. */
export function updateAdvisoriesJob({ sources }: UpdateAdvisories, workspace: Workspace): JobWork {
  return {
    kind: 'update-advisories',
    subject: sources === undefined ? 'all sources' : sources.join(', '),
    key: JSON.stringify(['update-advisories', sources && [...sources].sort()]),
    async run(context) {
      const results = await workspace.updateAdvisories(sources === undefined ? {} : { sources }, context);
      const failed = results.filter(({ state }) => state === 'failed');
      const faults = failed.map(({ source, error }) => `${source}: ${error ?? 'failed'}`).join('; ');
      if (failed.length > 0 && failed.length === results.length) {
        throw new AppError('ADVISORY_FETCH_FAILED', faults, { hint: 'data fetched before is kept; check the network and try again' });
      }
      const updated = results.filter(({ state }) => state === 'updated').length;
      const step = `${updated} updated, ${results.length - updated - failed.length} unchanged`;
      return { step: failed.length === 0 ? step : `${step}, ${failed.length} failed (${faults})` };
    },
  };
}
