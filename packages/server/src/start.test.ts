import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { createContext } from '@plimsoll/core';
import { type Job, jobSchema } from '@plimsoll/model';
import { createFakeWorkspace, type FakeWorkspaceOptions } from '@plimsoll/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './start.ts';

const started: RunningServer[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.close();
});

async function open(options: Partial<FakeWorkspaceOptions> = {}, host = '127.0.0.1', port = 0) {
  const workspace = createFakeWorkspace({ reports: [], ...options });
  const server = await startServer({ workspace, context: createContext(), host, port });
  started.push(server);
  return server;
}

/** Starts a job that lasts until it is cancelled. */
async function startJob({ address }: RunningServer): Promise<Job> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${address}/api/bases`, { method: 'POST', headers, body: '{"input":"/bases"}' });
  return jobSchema.parse(await response.json());
}

const forever = (): Promise<void> => new Promise(() => {});

/** Jobs of an event stream until it ends. */
async function readEvents(response: Response): Promise<readonly Job[]> {
  const text = await response.text();
  return [...text.matchAll(/^event: job\ndata: (.*)$/gm)].map(([, data]) => jobSchema.parse(JSON.parse(data ?? '')));
}

describe('a server', () => {
  it('listens on the address it states', async () => {
    const { address } = await open();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${address}/api/health`);
    expect(await response.json()).toEqual({ status: 'ok' });
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('states an address a browser of this machine can open where it listens on all', async () => {
    const { address } = await open({}, '0.0.0.0');
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${address}/api/health`)).status).toBe(200);
  });

  it('says so where the port is taken', async () => {
    const { address } = await open();
    const port = Number(new URL(address).port);
    await expect(open({}, '127.0.0.1', port)).rejects.toMatchObject({ code: 'PORT_IN_USE', hint: expect.stringContaining('--listen') });
  });

  it('says so where the address is not of this machine', async () => {
    await expect(open({}, '203.0.113.1')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('refuses a name that is not its own, as a rebound name would be', async () => {
    const { address } = await open();
    const request = http.get(`${address}/api/images`, { headers: { host: 'evil.example' } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(403);
  });

  it('cuts off a body without end that does not say how long it is', async () => {
    const { address } = await open();
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(16 * 1024).fill(0x20)) });
    const headers = { 'content-type': 'application/json' };
    const answer = fetch(`${address}/api/images`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    // The connection may be closed before the client has read the answer.
    const status = await answer.then(
      (response) => response.status,
      () => 413,
    );
    expect(status).toBe(413);
    expect(await (await fetch(`${address}/api/jobs`)).json()).toEqual([]);
  });

  it('does not resolve a path that was sent raw', async () => {
    const { address } = await open();
    const { port } = new URL(address);
    const request = http.get({ host: '127.0.0.1', port, path: '/assets/../../package.json' });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(404);
  });
});

describe('the events of a job', () => {
  it('tell each state until it is cancelled, then end', async () => {
    const server = await open({ gate: forever });
    const { id } = await startJob(server);
    const response = await fetch(`${server.address}/api/jobs/${id}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = readEvents(response);
    const cancelled = await fetch(`${server.address}/api/jobs/${id}`, { method: 'DELETE' });
    expect(jobSchema.parse(await cancelled.json()).id).toBe(id);
    const seen = await events;
    expect(seen[0]).toMatchObject({ id, state: 'running' });
    expect(seen.at(-1)).toMatchObject({ id, state: 'cancelled' });
  });

  it('of a finished job end at once, and tell a browser that saw the end to stay away', async () => {
    const server = await open();
    const { id } = await startJob(server);
    const address = `${server.address}/api/jobs/${id}/events`;
    expect((await readEvents(await fetch(address))).at(-1)?.state).toBe('done');
    expect((await fetch(address, { headers: { 'last-event-id': 'done' } })).status).toBe(204);
    expect((await fetch(address, { headers: { 'last-event-id': 'running' } })).status).toBe(200);
  });

  it('end when the server closes', async () => {
    const server = await open({ gate: forever });
    const { id } = await startJob(server);
    const response = await fetch(`${server.address}/api/jobs/${id}/events`);
    const reading = readEvents(response).catch(() => 'cut off');
    await started.pop()?.close();
    await reading;
    await expect(fetch(`${server.address}/api/health`)).rejects.toThrow();
  });
});
