import type { Problem } from '@plimsoll/model';

/** What the server said was wrong, with what to try. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(status: number, problem: Problem) {
    super(problem.message);
    this.status = status;
    this.code = problem.code;
    this.hint = problem.hint;
  }
}

/** Asks the server. Throws {@link ApiError}. */
export async function request<Answer>(
  path: string,
  options: { readonly method?: string; readonly body?: unknown; readonly signal?: AbortSignal } = {},
): Promise<Answer> {
  const { method = 'GET', body, signal } = options;
  const response = await fetch(`/api${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, { code: 'SERVER_UNREACHABLE', message: 'the server does not answer', hint: 'is it still running?' });
  });
  if (response.status === 204) return undefined as Answer;
  const value: unknown = await response.json().catch(() => undefined);
  if (response.ok) return value as Answer;
  throw new ApiError(
    response.status,
    isProblem(value) ? value : { code: 'SERVER_FAULT', message: `the server answered ${response.status}` },
  );
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}
