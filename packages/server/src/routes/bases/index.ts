import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { body, json, problems } from '../../http/router.ts';
import { addBasesSchema, baseSummarySchema, jobSchema, syncBasesSchema } from '../../http/schemas.ts';
import { addBasesJob } from '../../jobs/add-bases/index.ts';
import { syncBasesJob } from '../../jobs/sync-bases/index.ts';
import { toBaseSummary } from '../../present/base-summary.ts';
import type { Services } from '../../services.ts';

const list = createRoute({
  method: 'get',
  path: '/api/bases',
  summary: 'Images of the base index',
  responses: { 200: json(z.array(baseSummarySchema), 'One for each image of a tag on a platform') },
});

const add = createRoute({
  method: 'post',
  path: '/api/bases',
  summary: 'Add every image of a folder, archive or repository to the base index',
  request: { body: body(addBasesSchema) },
  responses: { 202: json(jobSchema, 'The job that adds them'), ...problems('REQUEST_INVALID', 'LIMIT_EXCEEDED') },
});

const sync = createRoute({
  method: 'post',
  path: '/api/bases/sync',
  summary: 'Look what has changed in the places that the base index follows',
  request: { body: body(syncBasesSchema) },
  responses: { 202: json(jobSchema, 'The job that looks'), ...problems('REQUEST_INVALID', 'LIMIT_EXCEEDED') },
});

/** Adds `/api/bases`. */
export function baseRoutes(app: OpenAPIHono, { workspace, jobs }: Services): void {
  app.openapi(list, (c) => c.json(workspace.bases.list().map(toBaseSummary), 200));

  app.openapi(sync, (c) => c.json(jobs.start(syncBasesJob(c.req.valid('json'), workspace)), 202));

  app.openapi(add, (c) => c.json(jobs.start(addBasesJob(c.req.valid('json'), workspace)), 202));
}
