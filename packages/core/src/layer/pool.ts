import { Worker } from 'node:worker_threads';
import type { ErrorCode } from '../util/error-codes.ts';
import { AppError } from '../util/errors.ts';
import type { LayerFacts } from './types.ts';
import type { LayerTask } from './worker.ts';

/** What a thread answers. */
export interface LayerReply {
  readonly id: number;
  readonly facts?: LayerFacts;
  readonly fault?: { readonly message: string; readonly code?: ErrorCode; readonly hint?: string };
}

/** Threads that read layers by themselves, so that layers are inflated and hashed side by side. */
export interface LayerPool extends AsyncDisposable {
  read(task: Omit<LayerTask, 'id'>): Promise<LayerFacts>;
}

interface Waiting {
  resolve(facts: LayerFacts): void;
  reject(error: unknown): void;
}

/** Starts threads as they are needed, `size` at most; each is handed one layer at a time by its caller. */
export function createLayerPool(size: number): LayerPool {
  const script = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
  const workers: Worker[] = [];
  const idle: Worker[] = [];
  const waiting = new Map<number, Waiting & { readonly worker: Worker }>();
  let next = 0;

  return {
    read(task) {
      const worker = idle.pop() ?? start();
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, worker });
        worker.postMessage({ ...task, id } satisfies LayerTask);
      });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };

  function start(): Worker {
    if (workers.length >= size) throw new Error('more layers at once than threads');
    const worker = new Worker(script);
    workers.push(worker);
    worker.on('message', ({ id, facts, fault }: LayerReply) => {
      const found = waiting.get(id);
      waiting.delete(id);
      idle.push(worker);
      if (facts) found?.resolve(facts);
      else found?.reject(toError(fault));
    });
    worker.on('error', (error) => {
      for (const [id, found] of waiting) {
        if (found.worker !== worker) continue;
        waiting.delete(id);
        found.reject(error);
      }
    });
    return worker;
  }
}

function toError(fault: LayerReply['fault']): Error {
  if (!fault?.code) return new Error(fault?.message ?? 'a layer thread failed');
  return new AppError(fault.code, fault.message, fault.hint ? { hint: fault.hint } : {});
}
