import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { body, json, problems } from '../../http/router.ts';
import { advisorySourceStatusSchema, jobSchema, updateAdvisoriesSchema } from '../../http/schemas.ts';
import { updateAdvisoriesJob } from '../../jobs/update-advisories/index.ts';
import type { Services } from '../../services.ts';

const list = createRoute({
  method: 'get',
  path: '/api/advisories',
  summary: 'Advisory sources and their state',
  responses: { 200: json(z.array(advisorySourceStatusSchema), 'One for each source') },
});

const update = createRoute({
  method: 'post',
  path: '/api/advisories/update',
  summary: 'Fetch advisory sources',
  request: { body: body(updateAdvisoriesSchema) },
  responses: { 202: json(jobSchema, 'The job that fetches them'), ...problems('REQUEST_INVALID', 'LIMIT_EXCEEDED') },
});

/** Adds `/api/advisories` and what is below it. */
export function advisoryRoutes(app: OpenAPIHono, { workspace, jobs }: Services): void {
  app.openapi(list, (c) => c.json([...workspace.advisories.status()], 200));

  app.openapi(update, (c) => c.json(jobs.start(updateAdvisoriesJob(c.req.valid('json'), workspace)), 202));
}
