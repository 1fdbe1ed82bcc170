import { AppError, createContext } from '@plimsoll/core';
import type { Job } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { changesOf } from './changes.ts';
import { createJobRunner } from './runner.ts';
import type { JobOutcome, JobRunner, JobWork } from './types.ts';

/** A runner with ids 1, 2, 3 ... */
function open(signal?: AbortSignal) {
  let ids = 0;
  const context = createContext({ now: () => new Date('2026-01-31T12:00:00Z'), signal });
  return createJobRunner({ context, newId: () => String(++ids) });
}

/** Work that lasts until the test says so. */
function work(key: string) {
  const { promise, resolve, reject } = Promise.withResolvers<JobOutcome>();
  let report: Parameters<JobWork['run']>[0]['progress'] = () => {};
  const made: JobWork = {
    kind: 'index-image',
    subject: key,
    key,
    run: (context) => {
      report = context.progress;
      context.signal?.addEventListener('abort', () => reject(new AppError('CANCELLED', 'cancelled')));
      return promise;
    },
  };
  return {
    ...made,
    end: resolve,
    fail: reject,
    report: (step: string, done?: number) => report({ step, ...(done !== undefined && { done }) }),
  };
}

const states = (runner: JobRunner): readonly string[] => runner.list().map(({ id, state }) => `${id} ${state}`);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a job runner', () => {
  it('runs two at once, the others in the order they came', async () => {
    const runner = open();
    const works = ['a', 'b', 'c', 'd'].map(work);
    for (const item of works) runner.start(item);
    expect(states(runner)).toEqual(['4 queued', '3 queued', '2 running', '1 running']);
    works[1]?.end({ step: 'done' });
    await turn();
    expect(states(runner)).toEqual(['4 queued', '3 running', '2 done', '1 running']);
    await runner.close();
  });

  it('gives one job to two who ask for the same, until it is finished', async () => {
    const runner = open();
    const item = work('a');
    expect(runner.start(item).id).toBe(runner.start(item).id);
    item.end({ step: 'done' });
    await turn();
    expect(runner.start(item).id).toBe('2');
    await runner.close();
  });

  it('tells progress, keeps it between 0 and 1, and forgets it where it cannot be told', () => {
    const runner = open();
    const item = work('a');
    runner.start(item);
    item.report('reading', 0.25);
    expect(runner.get('1')).toMatchObject({ step: 'reading', progress: 0.25 });
    item.report('reading', 7);
    expect(runner.get('1').progress).toBe(1);
    item.report('squashing');
    expect(runner.get('1')).toMatchObject({ step: 'squashing' });
    expect(runner.get('1')).not.toHaveProperty('progress');
    item.report('reading', Number.NaN);
    expect(runner.get('1')).not.toHaveProperty('progress');
  });

  it('cancels a running job when its work gives up, and starts the next', async () => {
    const runner = open();
    for (const item of ['a', 'b', 'c'].map(work)) runner.start(item);
    expect(runner.cancel('1')).toMatchObject({ state: 'running', step: 'cancelling' });
    await turn();
    expect(runner.get('1')).toMatchObject({ state: 'cancelled', step: 'cancelled', finished: '2026-01-31T12:00:00.000Z' });
    expect(runner.get('1')).not.toHaveProperty('error');
    expect(runner.get('3').state).toBe('running');
    await runner.close();
  });

  it('cancels a waiting job without starting it', async () => {
    const runner = open();
    for (const item of ['a', 'b', 'c'].map(work)) runner.start(item);
    expect(runner.cancel('3').state).toBe('cancelled');
    await runner.close();
    expect(runner.get('3').state).toBe('cancelled');
  });

  it('leaves a finished job as it is', async () => {
    const runner = open();
    const item = work('a');
    runner.start(item);
    item.fail(new AppError('OFFLINE', 'no network'));
    await turn();
    expect(runner.cancel('1')).toMatchObject({ state: 'failed', error: { code: 'OFFLINE', message: 'no network' } });
    item.report('late', 0.1);
    expect(runner.get('1').progress).toBeUndefined();
  });

  it('starts anew what is asked for while the first is being cancelled', async () => {
    const runner = open();
    runner.start(work('a'));
    runner.cancel('1');
    expect(runner.start(work('a')).id).toBe('2');
    await runner.close();
  });

  it('remembers the last 200 that finished and every one that did not', async () => {
    const runner = open();
    runner.start(work('waits'));
    for (let index = 0; index < 250; index++) {
      runner.start({ ...work(String(index)), run: async () => ({ step: 'done' }) });
      await turn();
    }
    expect(runner.list()).toHaveLength(201);
    expect(runner.get('1').state).toBe('running');
    expect(() => runner.get('2')).toThrow(expect.objectContaining({ code: 'JOB_NOT_FOUND' }));
    await runner.close();
  });

  it('takes no more than 500 at a time', async () => {
    const runner = open();
    for (let index = 0; index < 500; index++) runner.start(work(String(index)));
    expect(() => runner.start(work('more'))).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
    await runner.close();
  });

  it('cancels everything when it closes, and takes nothing more', async () => {
    const runner = open();
    for (const item of ['a', 'b', 'c'].map(work)) runner.start(item);
    await runner.close();
    expect(states(runner)).toEqual(['3 cancelled', '2 cancelled', '1 cancelled']);
    expect(() => runner.start(work('d'))).toThrow(expect.objectContaining({ code: 'REQUEST_REFUSED' }));
  });
});

describe('the changes of a job', () => {
  it('come at most once in the time given; the last never gets lost', async () => {
    const runner = open();
    const item = work('a');
    runner.start(item);
    const seen: Job[] = [];
    const reading = (async () => {
      for await (const job of changesOf(runner, '1', { everyMs: 20, signal: new AbortController().signal })) seen.push(job);
    })();
    for (let index = 0; index < 1000; index++) {
      item.report(`layer ${index}`, index / 1000);
      if (index % 100 === 0) await turn();
    }
    item.end({ step: 'indexed', result: 'sha256:1' });
    await reading;
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.length).toBeLessThan(10);
    expect(seen.at(-1)).toMatchObject({ state: 'done', result: 'sha256:1', step: 'indexed' });
  });

  it('end when the listener has gone', async () => {
    const runner = open();
    runner.start(work('a'));
    const gone = new AbortController();
    const changes = changesOf(runner, '1', { everyMs: 60_000, signal: gone.signal });
    await changes.next();
    const next = changes.next();
    gone.abort();
    expect((await next).done).toBe(true);
    await runner.close();
  });

  it('of a finished job are one', async () => {
    const runner = open();
    runner.start({ ...work('a'), run: async () => ({ step: 'done' }) });
    await turn();
    const seen: string[] = [];
    for await (const { state } of changesOf(runner, '1', { everyMs: 1, signal: new AbortController().signal })) seen.push(state);
    expect(seen).toEqual(['done']);
  });
});
