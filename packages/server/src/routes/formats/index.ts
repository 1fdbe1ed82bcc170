import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { formats } from '@plimsoll/core';
import { z } from 'zod';
import { json } from '../../http/router.ts';
import { formatInfoSchema } from '../../http/schemas.ts';

const list = createRoute({
  method: 'get',
  path: '/api/formats',
  summary: 'Formats a report can be exported in',
  responses: { 200: json(z.array(formatInfoSchema), 'In the order of the export menu') },
});

/** Adds `/api/formats`. */
export function formatRoutes(app: OpenAPIHono): void {
  app.openapi(list, (c) =>
    c.json(
      formats.map(({ id, title, mediaType, extension }) => ({ id, title, mediaType, extension })),
      200,
    ),
  );
}
