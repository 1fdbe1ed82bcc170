import { AppError, createContext, formats, version } from '@plimsoll/core';
import {
  aboutSchema,
  advisorySourceStatusSchema,
  baseSummarySchema,
  formatInfoSchema,
  imageSummarySchema,
  jobSchema,
  problemSchema,
  type Report,
  reportSchema,
} from '@plimsoll/model';
import { createFakeWorkspace, type FakeWorkspaceOptions, standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './app.ts';

const reports: readonly Report[] = Object.values(standardReports);
const [first, second] = reports as readonly [Report, Report];
const digest = first.inventory.image.digest;
const otherDigest = `sha256:${'0'.repeat(64)}`;

/** A server over a fake workspace. */
function open(options: Partial<FakeWorkspaceOptions> = {}, faults: unknown[] = []) {
  const workspace = createFakeWorkspace({ reports, ...options });
  const context = createContext({ now: () => new Date('2026-01-31T12:00:00Z') });
  const { app, jobs } = createApp({ workspace, context, host: '127.0.0.1', onFault: (fault) => faults.push(fault) });
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    app.request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  return { app, jobs, workspace, post };
}

describe('the standard reports', () => {
  it.each(reports.map((report) => [report.inventory.image.name, report] as const))(
    '%s comes back from its schema unchanged',
    (_, report) => {
      expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    },
  );
});

describe('GET', () => {
  it('/api/about tells version, mode and the newest date of the advisories', async () => {
    const { app } = open();
    const about = aboutSchema.parse(await (await app.request('/api/about')).json());
    expect(about).toMatchObject({ version, sample: false, offline: false });
    const dates = first.advisories.flatMap(({ date, updated }) => date ?? updated ?? []);
    expect(about.advisories).toBe(dates.length === 0 ? undefined : dates.sort().at(-1));
  });

  it('/api/health answers', async () => {
    expect(await (await open().app.request('/api/health')).json()).toEqual({ status: 'ok' });
  });

  it('/api/formats lists the registry', async () => {
    const list = z.array(formatInfoSchema).parse(await (await open().app.request('/api/formats')).json());
    expect(list.map(({ id }) => id)).toEqual(formats.map(({ id }) => id));
  });

  it('/api/images lists a row for each image, newest first', async () => {
    const list = z.array(imageSummarySchema).parse(await (await open().app.request('/api/images')).json());
    expect(list.map((row) => row.digest)).toEqual(reports.map(({ inventory }) => inventory.image.digest));
    for (const [index, row] of list.entries()) {
      const report = reports[index] as Report;
      expect(row).toMatchObject({
        names: [report.inventory.image.name],
        packages: report.inventory.packages.length,
        counts: report.counts,
        exploited: report.exploited,
        fixable: report.fixable,
      });
      expect(row.base?.name).toBe(report.hierarchy.findLast(({ self }) => !self)?.candidates[0]);
    }
  });

  it('/api/images assesses again only when something moved', async () => {
    const { app, workspace } = open();
    await app.request('/api/images');
    await app.request('/api/images');
    expect(workspace.assessed()).toBe(reports.length);
    workspace.move();
    await app.request('/api/images');
    expect(workspace.assessed()).toBe(2 * reports.length);
  });

  it.each(reports.map((report) => [report.inventory.image.name, report] as const))(
    '/api/images/:digest gives the report of %s',
    async (_, report) => {
      const response = await open().app.request(`/api/images/${report.inventory.image.digest}`);
      expect(reportSchema.parse(await response.json())).toEqual(report);
    },
  );

  it('/api/images/:digest takes the digest with its colon encoded', async () => {
    expect((await open().app.request(`/api/images/${encodeURIComponent(digest)}`)).status).toBe(200);
  });

  it('/api/images/:digest answers 304 until advisories, bases or the image move', async () => {
    const { app, workspace } = open();
    const etag = (await app.request(`/api/images/${digest}`)).headers.get('etag') ?? '';
    const again = () => app.request(`/api/images/${digest}`, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect((await again()).status).toBe(304);
    workspace.move();
    const moved = await again();
    expect(moved.status).toBe(200);
    expect(moved.headers.get('etag')).not.toBe(etag);
  });

  it('/api/images/:digest is compressed for who asks', async () => {
    const response = await open().app.request(`/api/images/${digest}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    const text = await new Response(response.body?.pipeThrough(new DecompressionStream('gzip'))).text();
    expect(JSON.parse(text)).toEqual(first);
  });

  it.each(formats.map((format) => [format.id, format] as const))('/api/images/:digest/export/%s is an attachment', async (id, format) => {
    const response = await open().app.request(`/api/images/${second.inventory.image.digest}/export/${id}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(format.mediaType);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[A-Za-z0-9][A-Za-z0-9._-]*"$/);
    expect(await response.text()).toBe([...format.encode(second, version)].join(''));
  });

  it('/api/advisories lists the sources', async () => {
    const list = z.array(advisorySourceStatusSchema).parse(await (await open().app.request('/api/advisories')).json());
    expect(list).toEqual(first.advisories);
  });

  it('/api/bases lists the base index without what only the core needs', async () => {
    const { image } = first.inventory;
    const record = {
      name: 'debian:11',
      repository: 'docker.io/library/debian',
      tag: '11',
      digest: image.digest,
      platform: image.platform,
      size: 31,
      origin: 'added' as const,
      lastSeen: '2026-01-31T00:00:00Z',
    };
    const rest = { layerCount: 1, historyCount: 2, config: image.config, input: '/bases', firstSeen: record.lastSeen };
    const list = await (await open({ bases: [{ ...record, ...rest }] }).app.request('/api/bases')).json();
    expect(z.array(baseSummarySchema).parse(list)).toEqual([record]);
    expect(list).toEqual([record]);
  });

  it('/api/openapi.json describes every route and every schema', async () => {
    const { app } = open();
    const document = (await (await app.request('/api/openapi.json')).json()) as {
      readonly paths: Readonly<Record<string, object>>;
      readonly components: { readonly schemas: object };
    };
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/') && path !== '/api/openapi.json')
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(new Set(described)).toEqual(new Set(served));
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(['Report', 'ImageSummary', 'Job', 'Problem']));
  });
});

describe('DELETE /api/images/:digest', () => {
  it('forgets the image once', async () => {
    const { app } = open();
    const forget = () => app.request(`/api/images/${digest}`, { method: 'DELETE' });
    expect((await forget()).status).toBe(204);
    expect((await app.request(`/api/images/${digest}`)).status).toBe(404);
    expect((await forget()).status).toBe(404);
  });
});

describe('an error is a problem with the status of its code', () => {
  const invalid = { status: 400, code: 'REQUEST_INVALID' };
  it.each([
    ['an unknown image', `/api/images/${otherDigest}`, { status: 404, code: 'IMAGE_NOT_FOUND' }],
    ['a digest that is none', '/api/images/latest', invalid],
    ['an unknown format', `/api/images/${digest}/export/doc`, { status: 400, code: 'FORMAT_UNKNOWN' }],
    ['an export of an unknown image', `/api/images/${otherDigest}/export/json`, { status: 404, code: 'IMAGE_NOT_FOUND' }],
    ['an unknown job', '/api/jobs/1', { status: 404, code: 'JOB_NOT_FOUND' }],
    ['events of an unknown job', '/api/jobs/1/events', { status: 404, code: 'JOB_NOT_FOUND' }],
    ['an unknown route', '/api/nothing', { status: 404, code: 'ROUTE_UNKNOWN' }],
    ['the root of the API', '/api', { status: 404, code: 'ROUTE_UNKNOWN' }],
  ])('%s', async (_, path, { status, code }) => {
    const response = await open().app.request(path);
    expect(response.status).toBe(status);
    expect(problemSchema.parse(await response.json()).code).toBe(code);
  });

  it.each([
    ['an empty object', {}, /input/],
    ['an empty input', { input: '' }, /input/],
    ['an input of another type', { input: 1 }, /input/],
    ['two faults: both are said', { input: '', platform: 1 }, /input.*platform/],
    ['a platform that is none', { input: 'x', platform: 'amd64' }, /amd64/],
    ['a list', [], /json/],
  ])('a body with %s', async (_, body, message) => {
    const response = await open().post('/api/images', body);
    const problem = problemSchema.parse(await response.json());
    expect({ status: response.status, code: problem.code }).toEqual(invalid);
    expect(problem.message).toMatch(message);
  });

  it.each([
    ['no JSON', '{"input":', 'application/json'],
    ['JSON that does not say so', '{"input":"x"}', 'text/plain'],
    ['a form', 'input=x', 'application/x-www-form-urlencoded'],
  ])('a body that is %s', async (_, body, type) => {
    const { app } = open();
    const response = await app.request('/api/images', { method: 'POST', body, headers: { 'content-type': type } });
    expect({ status: response.status, code: problemSchema.parse(await response.json()).code }).toEqual(invalid);
    expect(await (await app.request('/api/jobs')).json()).toEqual([]);
  });

  it('a body without end', async () => {
    const response = await open().post('/api/images', { input: 'x'.repeat(100_000) });
    expect(response.status).toBe(413);
    expect(problemSchema.parse(await response.json()).code).toBe('LIMIT_EXCEEDED');
  });

  it('a mistake of our own: told to the log, not to the client', async () => {
    const faults: unknown[] = [];
    const { app, workspace } = open({}, faults);
    const secret = new Error('SELECT * FROM secrets at /home/me/x.ts');
    Object.assign(workspace.advisories, {
      status: () => {
        throw secret;
      },
    });
    const response = await app.request('/api/advisories');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(problemSchema.parse(JSON.parse(text)).code).toBe('INTERNAL');
    expect(text).not.toMatch(/secrets|home/);
    expect(faults).toEqual([secret]);
  });
});

describe('POST', () => {
  /** The job a request started, once it is finished. */
  async function settle(server: ReturnType<typeof open>, path: string, body: unknown) {
    const response = await server.post(path, body);
    expect(response.status).toBe(202);
    const { id } = jobSchema.parse(await response.json());
    let job = jobSchema.parse(await (await server.app.request(`/api/jobs/${id}`)).json());
    while (job.finished === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      job = jobSchema.parse(await (await server.app.request(`/api/jobs/${id}`)).json());
    }
    return job;
  }

  it('/api/images indexes: the result is the digest, the image is in the list', async () => {
    const server = open({ reports: [], found: { 'shop/api': first } });
    const job = await settle(server, '/api/images', { input: 'shop/api', platform: 'linux/amd64' });
    expect(job).toMatchObject({ kind: 'index-image', subject: 'shop/api', state: 'done', result: digest, progress: 1 });
    expect(z.array(imageSummarySchema).parse(await (await server.app.request('/api/images')).json())).toHaveLength(1);
  });

  it('/api/images of what is no image ends with its error', async () => {
    const job = await settle(open(), '/api/images', { input: 'nothing' });
    expect(job).toMatchObject({ state: 'failed', error: { code: 'INPUT_UNRECOGNISED', hint: expect.any(String) } });
  });

  it('/api/images with a mistake of our own inside ends without internals', async () => {
    const faults: unknown[] = [];
    const fault = new Error('at /home/me');
    const job = await settle(open({ gate: () => Promise.reject(fault) }, faults), '/api/images', { input: 'shop/api' });
    expect(job).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
    expect(JSON.stringify(job)).not.toContain('/home');
    expect(faults).toEqual([fault]);
  });

  it('/api/advisories/update fetches those asked for', async () => {
    const job = await settle(open(), '/api/advisories/update', { sources: ['osv'] });
    expect(job).toMatchObject({ kind: 'update-advisories', subject: 'osv', state: 'done', step: '1 updated, 0 unchanged' });
  });

  it('/api/advisories/update says which source failed where not all did', async () => {
    const job = await settle(open({ failing: ['kev'] }), '/api/advisories/update', { sources: ['osv', 'kev'] });
    expect(job).toMatchObject({ state: 'done', step: expect.stringContaining('kev: the feed did not answer') });
  });

  it('/api/advisories/update fails where every source did', async () => {
    const job = await settle(open({ failing: ['kev'] }), '/api/advisories/update', { sources: ['kev'] });
    expect(job).toMatchObject({ state: 'failed', error: { code: 'ADVISORY_FETCH_FAILED' } });
  });

  it('/api/bases adds a place', async () => {
    const job = await settle(open(), '/api/bases', { input: '/bases' });
    expect(job).toMatchObject({ kind: 'add-bases', subject: '/bases', state: 'done', step: '2 images of 1 repository added' });
  });

  it('/api/bases/sync looks what has changed', async () => {
    const all = await settle(open(), '/api/bases/sync', {});
    expect(all).toMatchObject({ kind: 'sync-bases', subject: 'all bases', state: 'done', step: '1 of 2 tags changed' });
    const one = await settle(open(), '/api/bases/sync', { input: 'debian' });
    expect(one).toMatchObject({ subject: 'debian', state: 'done' });
  });

  it('a job that meets an offline network says so', async () => {
    const gate = () => Promise.reject(new AppError('OFFLINE', 'the network is switched off', { hint: 'unset PLIMSOLL_OFFLINE' }));
    const job = await settle(open({ gate }), '/api/bases', { input: 'debian' });
    expect(job.error).toEqual({ code: 'OFFLINE', message: 'the network is switched off', hint: 'unset PLIMSOLL_OFFLINE' });
  });
});
