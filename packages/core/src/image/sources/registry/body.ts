import { AppError } from '../../../util/errors.ts';

/** How long the body of an answer may be waited for. */
export interface Patience {
  /** Milliseconds for the next bytes. */
  readonly silence: number;
  /** Milliseconds of waiting in which at least `bytes` must come: what drips is as good as silent. */
  readonly window: number;
  readonly bytes: number;
  /** Milliseconds of waiting for all of it; for documents, which are small. */
  readonly whole?: number;
}

/** For layers: no faster than a bad line, no slower than a person would wait. */
export const streamPatience: Patience = { silence: 60_000, window: 60_000, bytes: 16 * 1024 };
/** For manifests, tokens and lists. */
export const documentPatience: Patience = { ...streamPatience, whole: 120_000 };

/**
 * The body's bytes as they come. Only waiting for them counts, not what is done with them between. Throws an `Error` where patience ends, and what the
 * body throws where it breaks off; the connection is given up then, and where the reader leaves.
 */
export async function* readBody(body: ReadableStream<Uint8Array> | null, patience: Patience): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  let waitedInAll = 0;
  let waited = 0;
  let got = 0;
  try {
    for (;;) {
      const start = performance.now();
      const { done, value } = await within(
        reader.read(),
        Math.min(patience.silence, (patience.whole ?? Number.POSITIVE_INFINITY) - waitedInAll),
      );
      if (done) return;
      const took = performance.now() - start;
      waitedInAll += took;
      waited += took;
      got += value.length;
      if (waited > patience.window) {
        if (got < patience.bytes) throw new Error(`only ${got} bytes within ${Math.round(waited / 1000)} s`);
        waited = 0;
        got = 0;
      }
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {}); // not waited for: what does not answer may not end either
  }
}

/** Rejects where a promise takes longer. */
async function within<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing more within ${Math.ceil(Math.max(0, ms) / 1000)} s`)), Math.max(0, ms));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a registry or realm says must be printable: it goes into headers, and a header that is refused would be told with what it holds. */
export function headerValue(value: string, what: string): string {
  if (/^[\x21-\x7e]{1,65536}$/.test(value)) return value;
  throw new AppError('REGISTRY_DENIED', `${what} holds characters that cannot be sent`);
}
