import type { Context } from '@plimsoll/core';
import type { Job } from '@plimsoll/model';

/** What a job does. Each kind is a folder beside this file that makes one from a request. */
export interface JobWork {
  readonly kind: Job['kind'];
  readonly subject: string;
  /** Two requests with the same key, while the first is not finished, are one job. */
  readonly key: string;
  /** Reports through `context.progress`, gives up when `context.signal` says so. */
  run(context: Context): Promise<JobOutcome>;
}

/** What a job came to. */
export interface JobOutcome {
  /** Last words for a person: `3 sources updated`. */
  readonly step: string;
  /** See `Job.result`. */
  readonly result?: string;
}

/** Runs jobs, a few at once, and remembers them until the server ends. */
export interface JobRunner {
  /** Puts work into the queue. Throws `LIMIT_EXCEEDED` where too much waits, `REQUEST_REFUSED` once closed. */
  start(work: JobWork): Job;
  /** Newest first. */
  list(): readonly Job[];
  /** Throws `JOB_NOT_FOUND`. */
  get(id: string): Job;
  /** Ends a waiting job at once, asks a running one to give up; nothing happens to a finished one. Throws `JOB_NOT_FOUND`. */
  cancel(id: string): Job;
  /** Calls with the job at each change until the returned function is called. Throws `JOB_NOT_FOUND`. */
  watch(id: string, listener: (job: Job) => void): () => void;
  /** Cancels everything, waits a moment for what runs. */
  close(): Promise<void>;
}
