/** How much a registry lets us ask in a window of time. */
export interface RateLimit {
  readonly remaining: number;
  readonly limit?: number;
  /** When the window ends, RFC 3339; where it is not told it is the longest that can be: the whole window from now. */
  readonly until?: string;
}

/** Below this part of the limit, or this number, nothing more is asked: what is left is for pulling images. */
const LEAST_PART = 0.05;
const LEAST = 3;
const MAX_SECONDS = 7 * 24 * 3600;
/** Milliseconds before the first and each further try where the registry does not say. */
const FIRST_WAIT = 1000;

/**
 * `RateLimit-Limit: 100;w=21600` and `RateLimit-Remaining: 97;w=21600` as Docker Hub writes them, or plain numbers with `RateLimit-Reset` in
 * seconds: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/, https://docs.docker.com/docker-hub/usage/
 */
export function rateLimitOf(headers: Headers, now: Date): RateLimit | undefined {
  const remaining = read(headers.get('ratelimit-remaining'));
  if (!remaining) return undefined;
  const limit = read(headers.get('ratelimit-limit'));
  const seconds = read(headers.get('ratelimit-reset'))?.count ?? remaining.window ?? limit?.window;
  return {
    remaining: remaining.count,
    ...(limit && { limit: limit.count }),
    ...(seconds !== undefined && { until: new Date(now.getTime() + Math.min(seconds, MAX_SECONDS) * 1000).toISOString() }),
  };
}

/** Whether so little is left that it is time to stop. */
export function isNearlyUsed({ remaining, limit }: RateLimit): boolean {
  return remaining < LEAST || (limit !== undefined && remaining < limit * LEAST_PART);
}

/** Milliseconds to wait before asking again, after `attempt` tries before; undefined where the answer is none that asks for patience. */
export function retryAfter({ status, headers }: Response, attempt: number, now: Date): number | undefined {
  const said = headers.get('retry-after');
  if (status !== 429 && !(status === 503 && said !== null)) return undefined;
  if (said === null) return FIRST_WAIT * 2 ** attempt;
  const seconds = /^\d{1,9}$/.test(said.trim()) ? Number(said) : (Date.parse(said) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : FIRST_WAIT * 2 ** attempt;
}

function read(header: string | null): { readonly count: number; readonly window?: number } | undefined {
  const [, count, window] = /^\s*(\d{1,12})(?:\s*;\s*w=(\d{1,9}))?/.exec(header ?? '') ?? [];
  if (count === undefined) return undefined;
  return { count: Number(count), ...(window !== undefined && { window: Number(window) }) };
}
