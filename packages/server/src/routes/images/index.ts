import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { AppError, adviseDockerfile, compareReports, findFormat, type StoredImage, version } from '@plimsoll/core';
import { type Digest, digestSchema } from '@plimsoll/model';
import { z } from 'zod';
import { body, json, problems } from '../../http/router.ts';
import {
  addImageSchema,
  comparisonSchema,
  dockerfileAdviceSchema,
  imageAdviceSchema,
  imageSummarySchema,
  jobSchema,
  pinBaseSchema,
  readDockerfileSchema,
  reportSchema,
  simulationSchema,
} from '../../http/schemas.ts';
import { indexBasesJob } from '../../jobs/index-bases/index.ts';
import { indexImageJob } from '../../jobs/index-image/index.ts';
import { entityTag, matchesTag } from '../../present/etag.ts';
import { fileNameOf } from '../../present/file-name.ts';
import { keyOf } from '../../present/image-list.ts';
import type { Services } from '../../services.ts';

const params = z.object({ digest: digestSchema });

const list = createRoute({
  method: 'get',
  path: '/api/images',
  summary: 'Images that were indexed',
  responses: { 200: json(z.array(imageSummarySchema), 'Newest first') },
});

const add = createRoute({
  method: 'post',
  path: '/api/images',
  summary: 'Index an image',
  request: { body: body(addImageSchema) },
  responses: {
    202: json(jobSchema, 'The job that indexes it; its result is the digest'),
    ...problems('REQUEST_INVALID', 'LIMIT_EXCEEDED'),
  },
});

const read = createRoute({
  method: 'get',
  path: '/api/images/{digest}',
  summary: 'The report of an image',
  request: { params },
  responses: {
    200: json(reportSchema, 'Made from the advisories and bases of this moment'),
    304: { description: 'Neither image nor advisories nor bases have moved' },
    ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND'),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/images/{digest}',
  summary: 'Forget an image',
  request: { params },
  responses: { 204: { description: 'Forgotten; the image itself is not touched' }, ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND') },
});

const simulate = createRoute({
  method: 'get',
  path: '/api/images/{digest}/simulation',
  summary: 'What another base would make of an image',
  request: { params, query: z.object({ base: digestSchema, candidate: digestSchema }) },
  responses: {
    200: json(simulationSchema, 'Packages, vulnerabilities and settings that would come and go'),
    ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND'),
  },
});

const compare = createRoute({
  method: 'get',
  path: '/api/images/{digest}/comparison',
  summary: 'What differs from another image',
  request: { params, query: z.object({ with: digestSchema }) },
  responses: {
    200: json(comparisonSchema, 'What this image has that the other has not, and the other way round'),
    ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND'),
  },
});

const pinBase = createRoute({
  method: 'put',
  path: '/api/images/{digest}/base',
  summary: 'Say which base an image has',
  request: { params, body: body(pinBaseSchema) },
  responses: { 204: { description: 'Kept, for every image of that name' }, ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND') },
});

const unpinBase = createRoute({
  method: 'delete',
  path: '/api/images/{digest}/base',
  summary: 'Take back which base an image has',
  request: { params },
  responses: { 204: { description: 'Found by evidence again' }, ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND') },
});

const checkTag = createRoute({
  method: 'post',
  path: '/api/images/{digest}/check',
  summary: 'Ask the registry what the tag of an image points to now',
  request: { params },
  responses: { 200: json(imageAdviceSchema, 'The advice on this image'), ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND') },
});

const readDockerfile = createRoute({
  method: 'post',
  path: '/api/images/{digest}/dockerfile',
  summary: 'What a Dockerfile and the image made from it say of each other',
  request: { params, body: body(readDockerfileSchema) },
  responses: {
    200: json(dockerfileAdviceSchema, 'Vulnerabilities by line, recommendations as diffs'),
    ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND', 'LIMIT_EXCEEDED'),
  },
});

const indexCandidates = createRoute({
  method: 'post',
  path: '/api/images/{digest}/candidates',
  summary: 'Index the bases an image could move to',
  request: { params },
  responses: {
    202: json(jobSchema, 'The job that indexes them, so that their counts are known'),
    ...problems('REQUEST_INVALID', 'IMAGE_NOT_FOUND', 'LIMIT_EXCEEDED'),
  },
});

const exportAs = createRoute({
  method: 'get',
  path: '/api/images/{digest}/export/{format}',
  summary: 'The report as a file',
  request: { params: params.extend({ format: z.string().max(100) }) },
  responses: {
    200: { description: 'An attachment of the media type that /api/formats states' },
    ...problems('REQUEST_INVALID', 'FORMAT_UNKNOWN', 'IMAGE_NOT_FOUND'),
  },
});

/** Adds `/api/images` and what is below it. */
export function imageRoutes(app: OpenAPIHono, { workspace, context, jobs, images }: Services): void {
  app.openapi(list, async (c) => c.json([...(await images.list())], 200));

  app.openapi(add, (c) => c.json(jobs.start(indexImageJob(c.req.valid('json'), workspace)), 202));

  app.openapi(read, (c) => {
    const { digest } = c.req.valid('param');
    const etag = entityTag(version, keyOf(workspace, find(digest)));
    const headers = { ETag: etag, 'Cache-Control': 'private, no-cache' };
    if (matchesTag(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
    return c.json(workspace.report(digest, context), 200, headers);
  });

  app.openapi(simulate, (c) => c.json(workspace.simulate(c.req.valid('param').digest, c.req.valid('query'), context), 200));

  app.openapi(compare, (c) => {
    const to = workspace.report(c.req.valid('param').digest, context);
    const from = workspace.report(c.req.valid('query').with, context);
    return c.json(compareReports(from, to), 200);
  });

  app.openapi(pinBase, (c) => {
    workspace.pinBase(find(c.req.valid('param').digest).digest, c.req.valid('json').name);
    return c.body(null, 204);
  });

  app.openapi(unpinBase, (c) => {
    workspace.pinBase(find(c.req.valid('param').digest).digest, undefined);
    return c.body(null, 204);
  });

  app.openapi(checkTag, async (c) => {
    const { digest } = find(c.req.valid('param').digest);
    await workspace.checkTag(digest, context);
    return c.json(workspace.report(digest, context).recommendations.image, 200);
  });

  app.openapi(readDockerfile, (c) => {
    const report = workspace.report(c.req.valid('param').digest, context);
    return c.json(adviseDockerfile(report, c.req.valid('json')), 200);
  });

  app.openapi(indexCandidates, (c) => {
    const { digest } = c.req.valid('param');
    return c.json(jobs.start(indexBasesJob(find(digest), workspace)), 202);
  });

  app.openapi(remove, (c) => {
    const { digest } = c.req.valid('param');
    if (!workspace.inventories.remove(digest)) throw notFound(digest);
    return c.body(null, 204);
  });

  app.openapi(exportAs, (c) => {
    const { digest, format: id } = c.req.valid('param');
    const format = findFormat(id);
    const report = workspace.report(digest, context);
    const name = fileNameOf(report.inventory.image.name, format.extension);
    return c.body([...format.encode(report, version)].join(''), 200, {
      'Content-Type': format.mediaType,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'private, no-cache',
    });
  });

  function find(digest: Digest): StoredImage {
    const stored = workspace.inventories.list().find((image) => image.digest === digest);
    if (!stored) throw notFound(digest);
    return stored;
  }
}

function notFound(digest: Digest): AppError {
  return new AppError('IMAGE_NOT_FOUND', `no image ${digest} was indexed here`, { hint: 'add it first' });
}
