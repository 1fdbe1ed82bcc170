import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { AppError, connectEngine, isAppError } from '@plimsoll/core';
import { digestSchema, type Engine } from '@plimsoll/model';
import { z } from 'zod';
import { body, json, problems } from '../../http/router.ts';
import { engineSchema, jobSchema, pullImageSchema } from '../../http/schemas.ts';
import { pullImageJob } from '../../jobs/pull-image/index.ts';
import type { Services } from '../../services.ts';

const read = createRoute({
  method: 'get',
  path: '/api/engine',
  summary: 'The container engine of this machine',
  responses: { 200: json(engineSchema, 'Whether one answers, and why not') },
});

const pull = createRoute({
  method: 'post',
  path: '/api/images/{digest}/pull',
  summary: 'Pull what the tag of an image points to now',
  request: { params: z.object({ digest: digestSchema }), body: body(pullImageSchema) },
  responses: {
    202: json(jobSchema, 'The job that pulls it and indexes it; its result is the new digest'),
    ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND', 'LIMIT_EXCEEDED'),
  },
});

/** Adds `/api/engine`, and pulls through it. */
export function engineRoutes(app: OpenAPIHono, { workspace, context, jobs }: Services): void {
  app.openapi(read, async (c) => c.json(await find(), 200));

  app.openapi(pull, (c) => {
    const { digest } = c.req.valid('param');
    const inventory = workspace.inventories.get(digest);
    if (!inventory) throw new AppError('IMAGE_NOT_FOUND', `no image ${digest} was indexed here`, { hint: 'add it first' });
    return c.json(jobs.start(pullImageJob(inventory.image, c.req.valid('json'), workspace)), 202);
  });

  async function find(): Promise<Engine> {
    try {
      const engine = await connectEngine(context);
      return engine
        ? { connected: true, name: engine.name }
        : { connected: false, reason: 'no container engine was found on this machine' };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { connected: false, reason: error.message };
    }
  }
}
