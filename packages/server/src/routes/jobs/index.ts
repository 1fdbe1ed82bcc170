import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { json, problems } from '../../http/router.ts';
import { jobSchema } from '../../http/schemas.ts';
import { changesOf } from '../../jobs/changes.ts';
import { isFinished } from '../../jobs/runner.ts';
import type { Services } from '../../services.ts';

/** Ten events a second are smooth enough for an eye. */
const EVERY_MS = 100;
/** A comment now and then keeps proxies from closing a quiet stream. */
const KEEP_ALIVE_MS = 15_000;

const params = z.object({ id: z.string().max(100) });

const list = createRoute({
  method: 'get',
  path: '/api/jobs',
  summary: 'Jobs since the server started',
  responses: { 200: json(z.array(jobSchema), 'Newest first; of finished ones the last 200') },
});

const read = createRoute({
  method: 'get',
  path: '/api/jobs/{id}',
  summary: 'One job',
  request: { params },
  responses: { 200: json(jobSchema, 'As it is now'), ...problems('REQUEST_INVALID', 'JOB_NOT_FOUND') },
});

const cancel = createRoute({
  method: 'delete',
  path: '/api/jobs/{id}',
  summary: 'Cancel a job',
  request: { params },
  responses: { 200: json(jobSchema, 'A running job ends when its work has given up'), ...problems('REQUEST_INVALID', 'JOB_NOT_FOUND') },
});

const events = createRoute({
  method: 'get',
  path: '/api/jobs/{id}/events',
  summary: 'A job at each change, as server-sent events',
  request: { params },
  responses: {
    200: {
      description: 'Events named `job` with a Job as data, at most ten a second; the stream ends when the job is finished',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    204: { description: 'The client has seen the end already (Last-Event-ID): it need not come again' },
    ...problems('REQUEST_INVALID', 'JOB_NOT_FOUND'),
  },
});

/** Adds `/api/jobs` and what is below it. */
export function jobRoutes(app: OpenAPIHono, { jobs }: Services): void {
  app.openapi(list, (c) => c.json([...jobs.list()], 200));
  app.openapi(read, (c) => c.json(jobs.get(c.req.valid('param').id), 200));
  app.openapi(cancel, (c) => c.json(jobs.cancel(c.req.valid('param').id), 200));

  app.openapi(events, (c) => {
    const { id } = c.req.valid('param');
    const job = jobs.get(id);
    // A browser connects again whenever a stream ends; only this status tells it to stop.
    if (isFinished(job) && c.req.header('last-event-id') === job.state) return c.body(null, 204);
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const keepAlive = setInterval(() => void stream.write(': still here\n\n'), KEEP_ALIVE_MS);
      try {
        for await (const now of changesOf(jobs, id, { everyMs: EVERY_MS, signal: gone.signal })) {
          await stream.writeSSE({ event: 'job', id: now.state, data: JSON.stringify(now) });
        }
      } finally {
        clearInterval(keepAlive);
      }
    });
  });
}
