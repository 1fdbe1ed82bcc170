import { OpenAPIHono } from '@hono/zod-openapi';
import { AppError, type ErrorCode, errorCodes } from '@plimsoll/core';
import type { z } from 'zod';
import { problemSchema } from './schemas.ts';

/** A router on which validation faults are `REQUEST_INVALID`, all of them listed. */
export function createRouter(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const faults = result.error.issues.map((issue: z.core.$ZodIssue) => {
        const place = issue.path.length === 0 ? result.target : issue.path.join('.');
        return `${place}: ${issue.message}`;
      });
      throw new AppError('REQUEST_INVALID', faults.join('; '));
    },
  });
}

/** A response that is a document. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A body that must be there. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

/**
 * Responses for the errors a route throws, to describe it. Typed as none: handlers throw, they do not return them.
 */
export function problems(...codes: readonly ErrorCode[]): Record<never, never> {
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code].status);
  return Object.fromEntries([...byStatus].map(([status, of]) => [status, json(problemSchema, of.join(', '))]));
}
