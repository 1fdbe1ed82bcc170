import { type ErrorCode, errorCodes, isAppError } from '@plimsoll/core';
import type { Problem } from '@plimsoll/model';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A thrown value as the API gives it: a mistake of our own shows nothing of the inside. */
export function toProblem(error: unknown): Problem & { readonly code: ErrorCode } {
  if (isAppError(error)) {
    return { code: error.code, message: error.message, ...(error.hint !== undefined && { hint: error.hint }) };
  }
  if (error instanceof HTTPException) return { code: 'REQUEST_INVALID', message: error.message || 'the request cannot be read' };
  return {
    code: 'INTERNAL',
    message: 'something went wrong inside Plimsoll',
    hint: 'the log of the server says more; please report it with that',
  };
}

/** The HTTP status of a problem. */
export function statusOf({ code }: { readonly code: ErrorCode }): ContentfulStatusCode {
  return errorCodes[code].status as ContentfulStatusCode;
}
