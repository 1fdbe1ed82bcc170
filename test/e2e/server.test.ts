import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { formatInfoSchema, imageSummarySchema, type Job, jobSchema, type Report, reportSchema } from '@plimsoll/model';
import { ociLayoutTar } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildImages } from './fixture.ts';
import { type Served, serveFixture } from './serve.ts';

const { images } = buildImages();
let served: Served;
let folder: string;
beforeAll(async () => {
  served = await serveFixture();
  folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-archive-'));
});
afterAll(async () => {
  await served[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const get = async (url: string): Promise<unknown> => (await fetch(`${served.address}${url}`)).json();
const reportOf = async (name: string): Promise<Report> => reportSchema.parse(await get(`/api/images/${images[name]?.digest}`));

describe('the server over a real workspace', () => {
  it('lists every image, what was indexed last first, names of one digest together', async () => {
    const list = z.array(imageSummarySchema).parse(await get('/api/images'));
    expect(list.map(({ names }) => names[0])).toEqual([
      'shop/api:2.4',
      'shop/static:1',
      'python:3.9-alpine',
      'python:3.9-slim',
      'debian:11-slim',
      'python:3.9-slim',
      'debian:11-slim',
    ]);
    expect(list[0]).toMatchObject({
      names: ['shop/api:2.4', 'shop/api:latest'],
      exploited: 1,
      base: { name: 'python:3.9-slim', outdated: true },
    });
  });

  it('tells the chain of bases and what each layer did', async () => {
    const report = await reportOf('shop/api:2.4');
    expect(report.hierarchy.map(({ candidates }) => candidates[0])).toEqual(['debian:11-slim', 'python:3.9-slim', 'shop/api:2.4']);
    expect(report.hierarchy.slice(0, 2).map(({ outdated }) => outdated)).toEqual([true, true]);
    expect(report.fixedMatches.map(({ id }) => id)).toContain('CVE-2099-0001');
    expect(report.hiddenMatches.map(({ id }) => id)).toContain('CVE-2099-0106');
  });

  it('has a schema for every report, the empty one too', async () => {
    for (const { digest } of z.array(imageSummarySchema).parse(await get('/api/images'))) {
      expect(reportSchema.parse(await get(`/api/images/${digest}`)).inventory.image.digest).toBe(digest);
    }
  });

  it('exports every image in every format', async () => {
    const formats = z.array(formatInfoSchema).parse(await get('/api/formats'));
    expect(formats.map(({ id }) => id)).toContain('json');
    for (const { digest } of Object.values(images)) {
      for (const { id, mediaType } of formats) {
        const response = await fetch(`${served.address}/api/images/${digest}/export/${id}`);
        expect({ id, status: response.status, type: response.headers.get('content-type') }).toEqual({ id, status: 200, type: mediaType });
        // A line a match: an image without any has none.
        const least = id === 'jsonl' ? 0 : 11;
        expect((await response.text()).length).toBeGreaterThanOrEqual(least);
      }
    }
  });

  it('indexes an archive as a job whose events end with the digest', async () => {
    const image = images['shop/static:1'];
    if (!image) throw new Error('the fixture has no shop/static:1');
    const archive = path.join(folder, 'site.tar');
    await writeFile(archive, ociLayoutTar([{ ref: 'site:2', image }]));
    const started = await fetch(`${served.address}/api/images`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: archive }),
    });
    const { id } = jobSchema.parse(await started.json());
    const stream = await (await fetch(`${served.address}/api/jobs/${id}/events`)).text();
    const jobs = [...stream.matchAll(/^data: (.*)$/gm)].map(([, data]): Job => jobSchema.parse(JSON.parse(data ?? '')));
    expect(jobs.at(-1)).toMatchObject({ state: 'done', result: image.digest });
    const [first] = z.array(imageSummarySchema).parse(await get('/api/images'));
    expect(first?.names).toEqual(['site:2', 'shop/static:1']);
  });

  it('says why an image cannot be indexed', async () => {
    const started = await fetch(`${served.address}/api/images`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: path.join(folder, 'nothing.tar') }),
    });
    const { id } = jobSchema.parse(await started.json());
    await (await fetch(`${served.address}/api/jobs/${id}/events`)).text();
    const job = jobSchema.parse(await get(`/api/jobs/${id}`));
    expect(job).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('nothing.tar') } });
    expect(job.error?.code).not.toBe('INTERNAL');
  });
});
