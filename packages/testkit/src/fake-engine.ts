import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the engine holds and how it behaves; may be changed while it runs. */
export interface FakeEngineState {
  /** Image id by name. */
  readonly names: Map<string, string>;
  /** Ids of all images, also of those without a name. */
  readonly images: Set<string>;
  /** What a registry would give: image id by name. */
  readonly registry: Map<string, string>;
  /** Containers: name -> image id. */
  readonly containers: Map<string, string>;
  /** How a pull goes. */
  pull: 'works' | 'fails half-way' | 'breaks off' | 'ends early' | 'never ends' | 'garbage';
  /** What an image is exported as: a tar by image id. */
  readonly archives: Map<string, Uint8Array>;
  /** How an export goes. */
  export: 'works' | 'breaks off' | 'refused';
  /** What the images are made for, `os/architecture`, where the engine says it. */
  platform?: string;
  /** What a removal is refused with. */
  refuses?: string;
}

/** A container engine that is not one: answers what is asked of a real one, over a socket file. */
export interface FakeEngine extends AsyncDisposable {
  /** For `DOCKER_HOST`. */
  readonly address: string;
  readonly state: FakeEngineState;
  /** `METHOD /path` of every request, in order. */
  readonly requests: readonly string[];
}

/** Starts an engine on a socket file of its own. */
export async function startFakeEngine(): Promise<FakeEngine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'plimsoll-engine-'));
  const socket = path.join(folder, 'engine.sock');
  const state: FakeEngineState = {
    names: new Map(),
    images: new Set(),
    registry: new Map(),
    containers: new Map(),
    pull: 'works',
    archives: new Map(),
    export: 'works',
  };
  const requests: string[] = [];
  const server = createServer((asked, answer) => {
    requests.push(`${asked.method} ${asked.url?.split('?')[0]}`);
    handle(state, asked, answer);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    address: `unix://${socket}`,
    state,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function handle(state: FakeEngineState, { method, url = '' }: IncomingMessage, answer: ServerResponse): void {
  const { pathname, searchParams } = new URL(url, 'http://engine');
  if (method === 'POST' && pathname === '/images/create') {
    pull(state, `${searchParams.get('fromImage')}:${searchParams.get('tag')}`, answer);
    return;
  }
  const exported = /^\/images\/([^/]+)\/get$/.exec(pathname)?.[1];
  if (exported !== undefined) {
    give(state, decodeURIComponent(exported), answer);
    return;
  }
  const { status, value } = answerTo(state, method ?? 'GET', pathname, searchParams);
  answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

function answerTo(
  state: FakeEngineState,
  method: string,
  pathname: string,
  query: URLSearchParams,
): { readonly status: number; readonly value: unknown } {
  if (pathname === '/version') return { status: 200, value: { Version: '1.0-fake', Components: [{ Name: 'Engine' }] } };
  if (pathname === '/containers/json') {
    const { ancestor = [] } = JSON.parse(query.get('filters') ?? '{}') as { ancestor?: string[] };
    const found = [...state.containers].filter(([, id]) => ancestor.includes(id));
    return { status: 200, value: found.map(([name, id]) => ({ Id: `c-${name}`, ImageID: id, Names: [`/${name}`], State: 'exited' })) };
  }
  if (pathname === '/images/json') {
    return { status: 200, value: [...state.images].map((id) => ({ Id: id, RepoTags: namesOf(state, id) })) };
  }
  const asked = decodeURIComponent(/^\/images\/([^/]+)(?:\/json)?$/.exec(pathname)?.[1] ?? '');
  const id = idOf(state, asked);
  if (id === undefined) return { status: 404, value: { message: `No such image: ${asked}` } };
  if (method === 'DELETE') {
    if (state.refuses !== undefined) return { status: 409, value: { message: state.refuses } };
    state.images.delete(id);
    return { status: 200, value: [{ Deleted: id }] };
  }
  const [os, architecture] = state.platform?.split('/') ?? [];
  return { status: 200, value: { Id: id, RepoTags: namesOf(state, id), Os: os, Architecture: architecture } };
}

/** By name, by id, or by the beginning of an id. */
function idOf({ names, images }: FakeEngineState, asked: string): string | undefined {
  const short = /^[0-9a-f]{4,64}$/.test(asked) ? [...images].find((id) => id.startsWith(`sha256:${asked}`)) : undefined;
  return names.get(asked) ?? names.get(`${asked}:latest`) ?? (images.has(asked) ? asked : short);
}

function namesOf({ names }: FakeEngineState, id: string): readonly string[] {
  return [...names].filter(([, other]) => other === id).map(([name]) => name);
}

function give(state: FakeEngineState, asked: string, answer: ServerResponse): void {
  const archive = state.archives.get(idOf(state, asked) ?? '');
  if (!archive || state.export === 'refused') {
    answer.writeHead(archive ? 500 : 404).end(JSON.stringify({ message: archive ? 'no space left on device' : `No such image: ${asked}` }));
    return;
  }
  answer.writeHead(200, { 'Content-Type': 'application/x-tar' });
  if (state.export === 'works') answer.end(archive);
  else answer.write(archive.subarray(0, archive.length >> 1), () => answer.destroy());
}

function pull(state: FakeEngineState, name: string, answer: ServerResponse): void {
  const id = state.registry.get(name);
  if (id === undefined) {
    answer.writeHead(404).end(JSON.stringify({ message: `manifest for ${name} not found` }));
    return;
  }
  const say = (line: unknown) => answer.write(`${JSON.stringify(line)}\r\n`);
  answer.writeHead(200, { 'Content-Type': 'application/json' });
  if (state.pull === 'garbage') {
    answer.end('<html>');
    return;
  }
  say({ status: `Pulling from ${name}`, id: name.split(':')[1] });
  say({ status: 'Downloading', progressDetail: { current: 250_000, total: 1_000_000 }, id: 'aaaa' });
  if (state.pull === 'never ends') return;
  if (state.pull === 'breaks off') {
    setTimeout(() => answer.destroy(), 20);
    return;
  }
  if (state.pull === 'fails half-way') say({ errorDetail: { message: 'unexpected EOF' }, error: 'unexpected EOF' });
  if (state.pull === 'ends early') say({ status: 'Download complete', progressDetail: {}, id: 'aaaa' });
  if (state.pull !== 'works') {
    answer.end();
    return;
  }
  say({ status: 'Pull complete', progressDetail: {}, id: 'aaaa' });
  state.images.add(id);
  state.names.set(name, id);
  say({ status: `Status: Downloaded newer image for ${name}` });
  answer.end();
}
