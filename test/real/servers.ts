import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type BuiltImage, type BuiltIndex, blobsOf, topOf } from '@plimsoll/testkit';

/** Whether a program can be run here. */
export function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } });
    return true;
  } catch {
    return false;
  }
}

/** A port of loopback that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The registry of the distribution project, on loopback, with data of its own. */
export interface RealRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly folder: string;
}

/** Starts one; `login` is `user:password`, asked for then. Stopped by its process id. */
export async function startRegistry({ login }: { readonly login?: string } = {}): Promise<RealRegistry> {
  const folder = await mkdtemp(path.join(tmpdir(), 'real-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const [user = '', password = ''] = login?.split(':') ?? [];
  if (login !== undefined) await writeFile(path.join(folder, 'htpasswd'), execFileSync('htpasswd', ['-Bbn', user, password]));
  const file = path.join(folder, 'registry.yml');
  const auth = login === undefined ? [] : [`auth: { htpasswd: { realm: test, path: ${folder}/htpasswd } }`];
  const storage = `storage: { filesystem: { rootdirectory: ${folder}/data }, delete: { enabled: true } }`;
  await writeFile(file, ['version: 0.1', storage, `http: { addr: ${host} }`, ...auth].join('\n'));
  const server = spawn('docker-registry', ['serve', file], { stdio: 'ignore' });
  await until('the registry', async () => {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer !== undefined;
  });
  return { host, folder, [Symbol.asyncDispose]: () => stop(server, folder) };
}

/** Puts an image into a registry under a tag. */
export async function pushImage(
  host: string,
  repository: string,
  tag: string,
  image: BuiltImage | BuiltIndex,
  login?: string,
): Promise<void> {
  const at = `http://${host}/v2/${repository}`;
  const send = async (address: string | URL, request: RequestInit, expected: number): Promise<string | undefined> => {
    const Authorization = login === undefined ? {} : { Authorization: `Basic ${Buffer.from(login).toString('base64')}` };
    const response = await fetch(address, { ...request, headers: { ...request.headers, ...Authorization } });
    const text = await response.text();
    if (response.status !== expected) throw new Error(`${request.method} ${address}: ${response.status} ${text}`);
    return response.headers.get('location') ?? undefined;
  };
  for (const { descriptor, bytes } of blobsOf(image)) {
    const isManifest = /manifest|index|list/.test(descriptor.mediaType);
    const location = isManifest ? undefined : await send(`${at}/blobs/uploads/`, { method: 'POST' }, 202);
    const target = new URL(location ?? `${at}/manifests/${descriptor.digest}`);
    if (!isManifest) target.searchParams.set('digest', descriptor.digest);
    const type = isManifest ? descriptor.mediaType : 'application/octet-stream';
    await send(target, { method: 'PUT', body: Buffer.from(bytes), headers: { 'Content-Type': type } }, 201);
  }
  const { descriptor, bytes } = topOf(image);
  await send(`${at}/manifests/${tag}`, { method: 'PUT', body: Buffer.from(bytes), headers: { 'Content-Type': descriptor.mediaType } }, 201);
}

/** A Docker Engine of its own: its data, its socket, no network of its own. */
export interface RealEngine extends AsyncDisposable {
  /** For `DOCKER_HOST`. */
  readonly address: string;
}

/** Starts one; the last line of its log where it does not come up, as on machines that allow none. */
export async function startEngine(): Promise<RealEngine | { readonly reason: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'real-engine-'));
  const socket = path.join(folder, 'docker.sock');
  const log = path.join(folder, 'log');
  const out = openSync(log, 'w');
  const places = ['--data-root', `${folder}/root`, '--exec-root', `${folder}/exec`, '--pidfile', `${folder}/pid`, '-H', `unix://${socket}`];
  const server = spawn('dockerd', [...places, '--bridge=none', '--iptables=false', '--ip6tables=false'], {
    stdio: ['ignore', out, out],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
  closeSync(out);
  try {
    await until('the engine', async () => {
      if (server.exitCode !== null) throw new Error('it ended');
      return isListening(socket);
    });
    return { address: `unix://${socket}`, [Symbol.asyncDispose]: () => stop(server, folder) };
  } catch {
    const reason = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? 'it does not start';
    await stop(server, folder);
    return { reason };
  }
}

function isListening(socket: string): boolean {
  try {
    return execFileSync('curl', ['-s', '-m', '1', '--unix-socket', socket, 'http://engine/_ping']).toString() === 'OK';
  } catch {
    return false;
  }
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill();
    await Promise.race([ended, wait(10_000)]);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {}); // a mount may be slow to go
}

async function until(what: string, isUp: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await isUp()) return;
    await wait(50);
  }
  throw new Error(`${what} did not come up`);
}

/** Puts an image of an OCI layout on this machine into a registry under a tag, with everything its index names. */
export async function copyLayout(layout: string, ref: string, host: string, repository: string, tag: string): Promise<void> {
  const at = `http://${host}/v2/${repository}`;
  const put = async (address: string | URL, body: Uint8Array, type: string) => {
    const answer = await fetch(address, { method: 'PUT', body: Buffer.from(body), headers: { 'Content-Type': type } });
    const text = await answer.text();
    if (answer.status !== 201) throw new Error(`PUT ${address}: ${answer.status} ${text}`);
  };
  const read = ({ digest }: Described) => readFileSync(path.join(layout, 'blobs', digest.replace(':', '/')));
  const parse = (descriptor: Described) =>
    JSON.parse(read(descriptor).toString()) as Partial<Record<'manifests' | 'layers', Described[]>> & { config?: Described };
  const copy = async (descriptor: Described, name: string): Promise<void> => {
    const { manifests, layers = [], config } = parse(descriptor);
    for (const child of manifests ?? []) await copy(child, child.digest);
    for (const blob of [...(config ? [config] : []), ...layers]) {
      const started = await fetch(`${at}/blobs/uploads/`, { method: 'POST' });
      await started.body?.cancel();
      const target = new URL(started.headers.get('location') ?? '', at);
      target.searchParams.set('digest', blob.digest);
      await put(target, read(blob), 'application/octet-stream');
    }
    await put(`${at}/manifests/${name}`, read(descriptor), descriptor.mediaType);
  };
  const { manifests } = JSON.parse(readFileSync(path.join(layout, 'index.json'), 'utf8')) as { manifests: Described[] };
  const found = manifests.find(({ annotations }) => annotations?.['org.opencontainers.image.ref.name'] === ref);
  if (!found) throw new Error(`${layout} has no ${ref}`);
  await copy(found, tag);
}

interface Described {
  readonly mediaType: string;
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
