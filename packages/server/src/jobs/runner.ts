import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type Context, isAppError, type Progress } from '@plimsoll/core';
import type { Job } from '@plimsoll/model';
import { toProblem } from '../http/problem.ts';
import type { JobRunner, JobWork } from './types.ts';

/** Indexing uses all cores by itself; a second job keeps a short one from waiting behind a long one. */
const AT_ONCE = 2;
const MOST_WAITING = 500;
const FINISHED_KEPT = 200;
/** How long `close` waits for running work to give up. */
const CLOSE_MS = 5_000;

interface Entry {
  job: Job;
  readonly work: JobWork;
  readonly controller: AbortController;
  readonly listeners: Set<(job: Job) => void>;
}

/** A {@link JobRunner} in memory. `onFault` hears of errors that are mistakes of our own. */
export function createJobRunner(options: {
  readonly context: Context;
  readonly onFault?: (error: unknown) => void;
  readonly newId?: () => string;
}): JobRunner {
  const { context, onFault = () => {}, newId = randomUUID } = options;
  /** In the order they were started. */
  const entries = new Map<string, Entry>();
  const running = new Map<string, Promise<void>>();
  let closed = false;

  return {
    start(work) {
      if (closed) throw new AppError('REQUEST_REFUSED', 'the server is stopping');
      const waiting = [...entries.values()].filter(({ job }) => !isFinished(job));
      const same = waiting.find((entry) => entry.work.key === work.key && !entry.controller.signal.aborted);
      if (same) return same.job;
      if (waiting.length >= MOST_WAITING) {
        throw new AppError('LIMIT_EXCEEDED', `${MOST_WAITING} jobs are waiting already`, { hint: 'try again when some are done' });
      }
      const { kind, subject } = work;
      const job: Job = { id: newId(), kind, subject, state: 'queued', step: 'waiting', created: context.now().toISOString() };
      entries.set(job.id, { job, work, controller: new AbortController(), listeners: new Set() });
      advance();
      return get(job.id).job;
    },
    list: () => [...entries.values()].map(({ job }) => job).reverse(),
    get: (id) => get(id).job,
    cancel(id) {
      const entry = get(id);
      cancel(entry);
      return entry.job;
    },
    watch(id, listener) {
      const { listeners } = get(id);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      for (const entry of entries.values()) cancel(entry);
      const enough = new AbortController();
      await Promise.race([Promise.all(running.values()), sleep(CLOSE_MS, undefined, { signal: enough.signal }).catch(() => {})]);
      enough.abort();
    },
  };

  function get(id: string): Entry {
    const entry = entries.get(id);
    if (!entry) throw new AppError('JOB_NOT_FOUND', `there is no job ${id}`, { hint: 'jobs are forgotten when the server restarts' });
    return entry;
  }

  /** Starts waiting jobs, first come first served, as far as there is room. */
  function advance(): void {
    for (const entry of entries.values()) {
      if (running.size >= AT_ONCE || closed) return;
      if (entry.job.state === 'queued') running.set(entry.job.id, run(entry));
    }
  }

  async function run(entry: Entry): Promise<void> {
    const { work, controller } = entry;
    change(entry, { state: 'running', step: 'starting' });
    try {
      const { step, result } = await work.run(contextOf(entry));
      finish(entry, { state: 'done', step, progress: 1, ...(result !== undefined && { result }) });
    } catch (error) {
      if (controller.signal.aborted || isAppError(error, 'CANCELLED')) {
        finish(entry, { state: 'cancelled', step: 'cancelled' });
      } else {
        if (!isAppError(error)) onFault(error);
        finish(entry, { state: 'failed', error: toProblem(error) });
      }
    } finally {
      running.delete(entry.job.id);
      advance();
    }
  }

  /** The server's world with this job's signal and progress. */
  function contextOf(entry: Entry): Context {
    const { signal } = entry.controller;
    return {
      ...context,
      signal: context.signal ? AbortSignal.any([signal, context.signal]) : signal,
      progress: ({ step, done }: Progress) => {
        if (entry.job.state !== 'running' || signal.aborted) return;
        const { progress: _, ...job } = entry.job;
        entry.job = job;
        change(entry, { step, ...(done !== undefined && Number.isFinite(done) && { progress: Math.min(1, Math.max(0, done)) }) });
      },
    };
  }

  function cancel(entry: Entry): void {
    if (isFinished(entry.job)) return;
    entry.controller.abort();
    if (entry.job.state === 'queued') finish(entry, { state: 'cancelled', step: 'cancelled' });
    else change(entry, { step: 'cancelling' });
  }

  function finish(entry: Entry, end: Partial<Job> & Pick<Job, 'state'>): void {
    change(entry, { ...end, finished: context.now().toISOString() });
    const finished = [...entries.values()].filter(({ job }) => isFinished(job));
    for (const { job } of finished.slice(0, Math.max(0, finished.length - FINISHED_KEPT))) entries.delete(job.id);
  }

  function change(entry: Entry, part: Partial<Job>): void {
    entry.job = { ...entry.job, ...part };
    for (const listener of entry.listeners) listener(entry.job);
  }
}

/** Whether nothing more will happen to a job. */
export function isFinished(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}
