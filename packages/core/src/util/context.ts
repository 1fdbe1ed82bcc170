import type { Diagnostic } from '@plimsoll/model';
import { AppError } from './errors.ts';

/** What is being done now, for a person who waits. */
export interface Progress {
  /** e.g. `reading layer 3 of 9`. */
  readonly step: string;
  /** 0 to 1; absent where it cannot be told. */
  readonly done?: number;
}

/** The world as the library sees it. Everything that time, network and environment decide comes in here. */
export interface Context {
  readonly now: () => Date;
  /** All HTTP goes through this. */
  readonly fetch: typeof globalThis.fetch;
  /** True: no network at all; what is missing is said. */
  readonly offline: boolean;
  readonly signal: AbortSignal | undefined;
  /** Environment variables, read here and nowhere else. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Waits that many milliseconds; ends early, without a fault, where the signal says so. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly progress: (progress: Progress) => void;
  readonly diagnose: (diagnostic: Diagnostic) => void;
}

/** The real world: system clock, global fetch, no progress, diagnostics dropped unless a listener is given. */
export function createContext(options: Partial<Context> = {}): Context {
  const env = options.env ?? {};
  return {
    now: () => new Date(),
    fetch: globalThis.fetch,
    offline: env.PLIMSOLL_OFFLINE === '1',
    signal: undefined,
    env,
    sleep: wait,
    progress: () => {},
    diagnose: () => {},
    ...options,
  };
}

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}

/** Throws `CANCELLED` where the caller has given up. */
export function throwIfCancelled(context: Pick<Context, 'signal'>): void {
  if (context.signal?.aborted) throw new AppError('CANCELLED', 'cancelled');
}
