import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Diagnostic } from '@plimsoll/model';
import { buildImage, buildIndex, type MemoryRegistry, startMemoryRegistry } from '@plimsoll/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BaseDatabase, openBaseDatabase } from '../../store/base-database.ts';
import { type Context, createContext } from '../../util/context.ts';
import { syncBases } from './sync-bases.ts';

const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };
const of = (content: string, platform = amd64) => buildImage({ layers: [{ createdBy: 'ADD', files: [{ path: 'a', content }] }], platform });
const [a, b, c] = [of('a'), of('b'), of('c')];
const multi = buildIndex([of('m'), of('m', arm64)]);

let temporary: string;
let server: MemoryRegistry;
let store: BaseDatabase;
let clock: number;
let diagnostics: Diagnostic[];
let slept: number[];
beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'sync-test-'));
});
afterAll(() => rm(temporary, { recursive: true, force: true }));
beforeEach(async () => {
  server = await startMemoryRegistry();
  store = openBaseDatabase(':memory:');
  clock = Date.parse('2026-01-01T00:00:00Z');
  diagnostics = [];
  slept = [];
});
afterEach(async () => {
  store[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const context = (options: Partial<Context> = {}) =>
  createContext({
    env: { DOCKER_CONFIG: temporary },
    now: () => {
      clock += 1000;
      return new Date(clock);
    },
    sleep: async (ms) => void slept.push(ms),
    diagnose: (found) => diagnostics.push(found),
    ...options,
  });
const name = (repository = 'library/base') => `${server.host}/${repository}`;
const sync = async (options: Parameters<typeof syncBases>[1] = {}, more: Partial<Context> = {}) => {
  server.requests.length = 0;
  const [result] = await syncBases(name(), options, store, context(more));
  return { ...result, requests: server.requests.map(({ method, url }) => `${method} ${url.slice(url.indexOf('/base/') + 6)}`) };
};
const push = (tag: string, image: Parameters<MemoryRegistry['push']>[2]) => server.push('library/base', tag, image);
const rowsOf = (tag: string) => store.historyOfTag(name(), tag, amd64);
/** What a fetch answers, changed. */
const answering = (change: (response: Response, request: { method: string; url: string }) => Response): Partial<Context> => ({
  fetch: async (input, init) => change(await fetch(input, init), { method: init?.method ?? 'GET', url: String(input) }),
});
const withHeaders = (response: Response, headers: Record<string, string | undefined>) => {
  const all = new Headers(response.headers);
  for (const [key, value] of Object.entries(headers)) value === undefined ? all.delete(key) : all.set(key, value);
  return new Response(response.body, { status: response.status, headers: all });
};

describe('following a repository', () => {
  it('reads manifest and config once for each digest, whatever its tags', async () => {
    for (const tag of ['1', '1.0', 'latest']) push(tag, a);
    push('2', b);
    const { requests, ...result } = await sync();
    expect(result).toMatchObject({ images: 4, tags: 4, changed: 4, gone: 0, complete: true, repositories: [name()] });
    expect(requests.filter((request) => request.startsWith('HEAD'))).toHaveLength(4);
    expect(requests.filter((request) => request.startsWith('GET'))).toHaveLength(1 + 2 * 2);
    expect(store.aliasesOf(a.digest)).toEqual(['1', '1.0', 'latest'].map((tag) => `${name()}:${tag}`));
    expect(rowsOf('1')[0]).toMatchObject({ input: `${name()}@${a.digest}`, origin: 'added', name: `${name()}:1` });
    expect(rowsOf('1')[0]).not.toHaveProperty('ref');
  });

  it('asks one HEAD a tag where nothing has changed', async () => {
    push('1', a);
    push('2', multi);
    await sync();
    const { requests, changed } = await sync();
    expect(requests.toSorted()).toEqual(['GET tags/list?n=1000', 'HEAD manifests/1', 'HEAD manifests/2']);
    expect(changed).toBe(0);
  });

  it('keeps what a tag was before it moved, and what was first seen of it', async () => {
    push('1', a);
    push('2', b);
    await sync();
    const [before] = rowsOf('1');
    push('1', b);
    const { requests, changed } = await sync();
    expect(changed).toBe(1);
    expect(requests.filter((request) => request.startsWith('GET manifests') || request.startsWith('GET blobs'))).toEqual([]);
    const [now, old] = rowsOf('1');
    expect(now).toMatchObject({ digest: b.digest });
    expect(old).toMatchObject({ digest: a.digest, superseded: true, firstSeen: before?.firstSeen });
    expect(store.newestOfTag(name(), '1', amd64)?.digest).toBe(b.digest);
    push('1', a);
    await sync();
    expect(store.newestOfTag(name(), '1', amd64)).toMatchObject({ digest: a.digest, firstSeen: before?.firstSeen });
  });

  it('offers a tag that is gone no more, but keeps its record', async () => {
    push('1', a);
    push('2', b);
    await sync();
    const forgetful = answering((response, { url }) => (url.includes('tags/list') ? Response.json({ tags: ['2'] }) : response));
    expect(await sync({}, forgetful)).toMatchObject({ gone: 1, complete: true });
    expect(store.newestOfTag(name(), '1', amd64)).toBeUndefined();
    expect(store.byRepository(name(), amd64).map(({ tag }) => tag)).toEqual(['2']);
    expect(store.byDigest(a.digest)[0]).toMatchObject({ tag: '1', gone: expect.any(String) });
    await sync();
    expect(store.newestOfTag(name(), '1', amd64)).toMatchObject({ digest: a.digest });
  });

  it('takes the tags and platforms that are wished, and remembers the wish', async () => {
    for (const tag of ['3.9-slim', '3.10-slim', '3.9', 'latest', '3.11-rc-slim']) push(tag, multi);
    const { images } = await sync({ tags: ['3.*-slim,!*rc*'], platforms: [arm64] });
    expect(images).toBe(2);
    expect(store.list().map(({ tag, platform }) => [tag, platform.architecture])).toEqual([
      ['3.10-slim', 'arm64'],
      ['3.9-slim', 'arm64'],
    ]);
    expect(store.followed()).toMatchObject([{ input: name(), tags: ['3.*-slim', '!*rc*'], platforms: [arm64], state: 'done' }]);
    const results = await syncBases(undefined, {}, store, context());
    expect(results).toMatchObject([{ input: name(), tags: 2, changed: 0 }]);
    await sync({ platforms: [arm64, amd64] });
    expect(store.list()).toHaveLength(4);
  });

  it('needs no list for a tag that is named', async () => {
    push('1', a);
    server.requests.length = 0;
    await syncBases(`${name()}:1`, {}, store, context());
    expect(server.requests.map(({ method }) => method)).toEqual(['HEAD', 'GET', 'GET']);
    await syncBases(`${name()}:2`, {}, store, context());
    expect(diagnostics).toMatchObject([{ code: 'IMAGE_NOT_FOUND' }]);
    expect(store.followed()[0]?.tags).toEqual(['1', '2']);
  });

  it('asks by ETag where the registry tells no digest ahead', async () => {
    push('1', a);
    push('2', b);
    const etag: Parameters<typeof answering>[0] = (response, { method, url }) => {
      if (method === 'HEAD') return withHeaders(response, { 'docker-content-digest': undefined });
      return url.includes('/manifests/') ? withHeaders(response, { etag: `"${url.slice(-1)}"` }) : response;
    };
    const { requests } = await sync({}, answering(etag));
    expect(requests.filter((request) => request.startsWith('HEAD')).length).toBeLessThanOrEqual(4);
    expect(store.list()).toHaveLength(2);
    const asked: (string | undefined)[] = [];
    await syncBases(
      name(),
      {},
      store,
      context({
        fetch: async (input, init) => {
          if (!String(input).includes('/manifests/') || init?.method === 'HEAD')
            return etag(await fetch(input, init), { method: init?.method ?? 'GET', url: String(input) });
          asked.push(new Headers(init?.headers).get('if-none-match') ?? undefined);
          return new Response(null, { status: 304 });
        },
      }),
    );
    expect(asked.toSorted()).toEqual(['"1"', '"2"']);
    expect(store.list().every(({ superseded, gone }) => !superseded && !gone)).toBe(true);
  });

  it('stops before the limit is used up, says when to go on, and goes on there', async () => {
    for (let tag = 0; tag < 100; tag += 1) push(String(tag), tag % 2 ? a : b);
    let left = 49;
    const limited = answering((response) =>
      withHeaders(response, { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': `${left--};w=21600` }),
    );
    const first = await sync({}, limited);
    expect(first.complete).toBe(false);
    expect(first.requests.length).toBeLessThan(52);
    expect(diagnostics).toMatchObject([{ code: 'REGISTRY_RATE_LIMITED', message: expect.stringMatching(/go on after 2026-01-01T06:/) }]);
    expect(store.followed()).toMatchObject([{ state: 'partial', error: expect.stringContaining('requests are left') }]);
    const kept = store.list().length;
    expect(kept).toBeGreaterThan(30);
    const second = await sync();
    expect(second.complete).toBe(true);
    expect(second.requests.filter((request) => request.startsWith('HEAD'))).toHaveLength(100 - kept);
    expect(store.list()).toHaveLength(100);
    expect(store.followed()[0]).not.toHaveProperty('error');
  });

  it('waits as long as the registry says, three times at most', async () => {
    push('1', a);
    let refusals = 2;
    const busy = answering((response) => (refusals-- > 0 ? new Response('', { status: 429, headers: { 'retry-after': '7' } }) : response));
    expect((await sync({}, busy)).complete).toBe(true);
    expect(slept).toEqual([7000, 7000]);
    refusals = 100;
    await expect(sync({}, busy)).rejects.toMatchObject({ code: 'REGISTRY_RATE_LIMITED' });
    expect(slept).toHaveLength(5);
    expect(store.followed()).toMatchObject([{ state: 'failed', error: expect.any(String) }]);
  });

  it('goes on after a person gave up', async () => {
    for (let tag = 0; tag < 60; tag += 1) push(String(tag), a);
    const person = new AbortController();
    let asked = 0;
    const given = answering((response) => {
      asked += 1;
      if (asked === 50) person.abort();
      return response;
    });
    await expect(sync({}, { ...given, signal: person.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(store.list()).toHaveLength(40);
    const { requests } = await sync();
    expect(requests.filter((request) => request.startsWith('HEAD')).length).toBeLessThanOrEqual(20 + 4); // those given up may arrive late
    expect(store.list()).toHaveLength(60);
  });

  it('reads a list of several pages, and asks for a token first', async () => {
    await using guarded = await startMemoryRegistry({ auth: { kind: 'token' }, pageSize: 2 });
    for (const tag of ['1', '2', '3', '4', '5']) guarded.push('team/base', tag, a);
    const [result] = await syncBases(`${guarded.host}/team/base`, {}, store, context());
    expect(result).toMatchObject({ tags: 5, images: 5, complete: true });
    expect(guarded.requests.filter(({ url }) => url.includes('tags/list')).length).toBe(3 + 1);
    guarded.requests.length = 0;
    guarded.expireTokens();
    expect(await syncBases(undefined, {}, store, context())).toMatchObject([{ complete: true }]);
  });

  it('takes what an index lists and the registry has', async () => {
    push('1', multi);
    const sparse = answering((response, { url }) =>
      url.endsWith(multi.images[1]?.digest ?? '') ? new Response('', { status: 404 }) : response,
    );
    expect(await sync({}, sparse)).toMatchObject({ images: 1, gone: 0, complete: true });
    expect(diagnostics).toMatchObject([{ code: 'IMAGE_NOT_FOUND', message: expect.stringContaining('is left out') }]);
  });

  it('one of many that fails does not keep the others', async () => {
    push('1', a);
    await sync();
    store.follow({ input: `${server.host}/library/none`, tags: [], platforms: [], state: 'done' });
    const results = await syncBases(undefined, {}, store, context());
    expect(results.map(({ complete, error }) => [complete, error === undefined])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(store.followed().map(({ state }) => state)).toEqual(['done', 'failed']);
    expect(store.remove(name())).toBe(1);
    expect(store.followed()).toHaveLength(1);
  });

  it('does not follow a name that is nowhere', async () => {
    await expect(syncBases(name('library/none'), {}, store, context())).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    expect(store.followed()).toEqual([]);
  });

  it('says that nothing is followed yet', async () => {
    await expect(syncBases(undefined, {}, store, context())).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  it('leaves out an image that is damaged, and goes on', async () => {
    push('1', a);
    push('2', c);
    const broken = answering((response, { url }) => (url.includes('/blobs/') ? new Response('{}', { status: 200 }) : response));
    expect(await sync({}, broken)).toMatchObject({ images: 0, tags: 2 });
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});
