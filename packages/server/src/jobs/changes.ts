import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '@plimsoll/model';
import { isFinished } from './runner.ts';
import type { JobRunner } from './types.ts';

/**
 * The job as it is, then at each change, at most once in `everyMs`: what changes in between is left out, the last state never.
 * Ends when the job is finished or `signal` says so. Throws `JOB_NOT_FOUND` at the first step.
 */
export async function* changesOf(
  jobs: Pick<JobRunner, 'get' | 'watch'>,
  id: string,
  { everyMs, signal }: { readonly everyMs: number; readonly signal: AbortSignal },
): AsyncGenerator<Job> {
  let latest: Job | undefined = jobs.get(id);
  let wake = (): void => {};
  const onAbort = (): void => wake();
  const stop = jobs.watch(id, (job) => {
    latest = job;
    wake();
  });
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      const job = latest;
      latest = undefined;
      if (job === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      yield job;
      if (isFinished(job)) return;
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}
