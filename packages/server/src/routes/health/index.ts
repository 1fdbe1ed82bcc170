import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { json } from '../../http/router.ts';

const health = createRoute({
  method: 'get',
  path: '/api/health',
  summary: 'Whether the server answers',
  responses: { 200: json(z.object({ status: z.literal('ok') }), 'It does') },
});

/** Adds `/api/health`. */
export function healthRoutes(app: OpenAPIHono): void {
  app.openapi(health, (c) => c.json({ status: 'ok' as const }, 200));
}
