import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { version } from '@plimsoll/core';
import type { AdvisorySourceStatus } from '@plimsoll/model';
import { json } from '../../http/router.ts';
import { aboutSchema } from '../../http/schemas.ts';
import type { Services } from '../../services.ts';

const about = createRoute({
  method: 'get',
  path: '/api/about',
  summary: 'What this server is and shows',
  responses: { 200: json(aboutSchema, 'Version, mode and date of the advisories') },
});

/** Adds `/api/about`. */
export function aboutRoutes(app: OpenAPIHono, { workspace, context, sample }: Services): void {
  app.openapi(about, (c) => {
    const advisories = newestDate(workspace.advisories.status());
    return c.json({ version, sample, offline: context.offline, ...(advisories !== undefined && { advisories }) }, 200);
  });
}

/** The newest date of any source that has data. */
function newestDate(sources: readonly AdvisorySourceStatus[]): string | undefined {
  const dates = sources.flatMap(({ date, updated }) => date ?? updated ?? []);
  return dates.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
}
