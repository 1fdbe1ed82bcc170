import type { OpenAPIHono } from '@hono/zod-openapi';
import { AppError, type Context, version, type Workspace } from '@plimsoll/core';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { guard } from './http/guard.ts';
import { securityHeaders } from './http/headers.ts';
import { statusOf, toProblem } from './http/problem.ts';
import { createRouter } from './http/router.ts';
import { createJobRunner } from './jobs/runner.ts';
import type { JobRunner } from './jobs/types.ts';
import { servePage } from './page/page.ts';
import { createImageList } from './present/image-list.ts';
import { aboutRoutes } from './routes/about/index.ts';
import { advisoryRoutes } from './routes/advisories/index.ts';
import { baseRoutes } from './routes/bases/index.ts';
import { engineRoutes } from './routes/engine/index.ts';
import { formatRoutes } from './routes/formats/index.ts';
import { healthRoutes } from './routes/health/index.ts';
import { imageRoutes } from './routes/images/index.ts';
import { jobRoutes } from './routes/jobs/index.ts';

/** The largest body a request needs is a reference or a path. */
const MOST_BODY_BYTES = 64 * 1024;

/** What a server shows and goes by. */
export interface AppOptions {
  readonly workspace: Workspace;
  readonly context: Context;
  /** The address listened on; requests under other names are refused, loopback excepted. */
  readonly host: string;
  /** Further names this server goes by, e.g. behind a proxy. */
  readonly names?: readonly string[];
  /** Folder of the built page; undefined where there is none. */
  readonly webDir?: string | undefined;
  /** True where images and advisories are the built-in sample. */
  readonly sample?: boolean;
  /** Hears of errors that are mistakes of our own; the client is told nothing of them. */
  readonly onFault?: (error: unknown) => void;
}

/** The whole HTTP interface, without a socket, and the jobs behind it. */
export function createApp(options: AppOptions): { readonly app: OpenAPIHono; readonly jobs: JobRunner } {
  const { workspace, context, host, names = [], webDir, sample = false, onFault = () => {} } = options;
  const jobs = createJobRunner({ context, onFault });
  const services = { workspace, context, jobs, images: createImageList(workspace, context), sample };

  const app = createRouter();
  app.use(securityHeaders);
  app.use(compress());
  app.use(guard(host, names));
  app.use(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: refuseBody }));

  healthRoutes(app);
  aboutRoutes(app, services);
  engineRoutes(app, services);
  formatRoutes(app);
  imageRoutes(app, services);
  jobRoutes(app, services);
  advisoryRoutes(app, services);
  baseRoutes(app, services);
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Plimsoll', version, description: 'Base images, layers, packages and vulnerabilities of container images.' },
  });

  app.get('*', async (c, next) => {
    if (isApi(c.req.path)) return next();
    const response = await servePage(webDir, new URL(c.req.url), c.req.header('if-none-match'));
    return response ?? c.text('There is no such page.\n', 404);
  });
  app.notFound((c) => {
    const problem = toProblem(new AppError('ROUTE_UNKNOWN', `there is nothing at ${c.req.method} ${c.req.path.slice(0, 200)}`));
    return c.json(problem, statusOf(problem));
  });
  app.onError((error, c) => {
    const problem = toProblem(error);
    if (problem.code === 'INTERNAL') onFault(error);
    return c.json(problem, statusOf(problem));
  });
  return { app, jobs };
}

function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

function refuseBody(): never {
  throw new AppError('LIMIT_EXCEEDED', `the body of a request may have ${MOST_BODY_BYTES} bytes`);
}
