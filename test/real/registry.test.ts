import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createContext, type Image, listImages, openImage, openWorkspace } from '@plimsoll/core';
import { type BuiltImage, type BuiltIndex, blobsOf, buildImage, buildIndex, topOf, writeOciLayout } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const missing = ['docker-registry', 'htpasswd'].filter((program) => !isInstalled(program));
if (missing.length > 0)
  console.log(`test/real/registry: skipped, ${missing.join(' and ')} not installed (Debian: docker-registry, apache2-utils)`);

const login = `Basic ${Buffer.from('me:secret').toString('base64')}`;
const base = buildImage({ layers: [{ createdBy: 'ADD', files: [{ path: 'etc/os-release', content: 'ID=none\n' }] }] });
const app = buildImage({
  base,
  layers: [
    {
      createdBy: 'COPY',
      files: [
        { path: 'app/data', content: 'x'.repeat(200_000) },
        { path: 'app/node_modules/minimist/package.json', content: '{"name":"minimist","version":"1.2.0"}' },
        { path: 'lib/apk/db/installed', content: 'P:musl\nV:1.2.4-r1\nA:x86_64\n\n' },
      ],
      compression: 'zstd',
    },
  ],
  provenance: { materials: [{ uri: 'pkg:docker/debian@12', digest: base.digest }] },
});
const arm = buildImage({
  layers: [{ createdBy: 'ADD', files: [{ path: 'arm', content: '' }] }],
  platform: { os: 'linux', architecture: 'arm64' },
});
const multi = buildIndex([base, arm]);
const docker = buildIndex([buildImage({ base, format: 'docker' })], { format: 'docker' });
const images = [
  { tag: 'app', image: app },
  { tag: 'multi', image: multi },
  { tag: 'docker', image: docker },
];

describe.runIf(missing.length === 0)('the registry of the distribution project, with a login', () => {
  let folder: string;
  let host: string;
  let server: ChildProcess;
  const context = createContext();
  const withLogin = () => createContext({ env: { DOCKER_CONFIG: path.join(folder, 'docker') } });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'real-registry-'));
    host = `127.0.0.1:${await freePort()}`;
    await writeFile(path.join(folder, 'htpasswd'), execFileSync('htpasswd', ['-Bbn', 'me', 'secret']));
    await writeFile(
      path.join(folder, 'registry.yml'),
      [
        'version: 0.1',
        `storage: { filesystem: { rootdirectory: ${folder}/data } }`,
        `http: { addr: ${host} }`,
        `auth: { htpasswd: { realm: test, path: ${folder}/htpasswd } }`,
      ].join('\n'),
    );
    await mkdir(path.join(folder, 'docker'));
    await writeFile(path.join(folder, 'docker/config.json'), JSON.stringify({ auths: { [host]: { auth: login.slice('Basic '.length) } } }));
    server = spawn('docker-registry', ['serve', path.join(folder, 'registry.yml')], { stdio: 'ignore' });
    await untilUp(host);
    for (const { tag, image } of images) await push(host, 'team/app', tag, image);
    await writeOciLayout(
      path.join(folder, 'layout'),
      images.map(({ tag, image }) => ({ ref: tag, image })),
    );
  });
  afterAll(async () => {
    server?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(images.map(({ tag }) => tag))('%s: reads what the folder has', async (tag) => {
    await using remote = await openImage(`${host}/team/app:${tag}`, {}, withLogin());
    await using local = await openImage(path.join(folder, 'layout'), { ref: tag }, context);
    const { name: _, source: __, input: ___, reference: ____, aliases: _____, ...described } = remote.description;
    expect(local.description).toMatchObject(described);
    expect(remote.description.indexDigest).toBe(local.description.indexDigest);
    expect(await bytesOf(remote)).toEqual(await bytesOf(local));
  });

  it.each(images.map(({ tag }) => tag))('%s: gives the report that the folder gives', async (tag) => {
    const data = await mkdtemp(path.join(tmpdir(), 'plimsoll-report-'));
    using workspace = openWorkspace({ dataDir: data, cacheDir: path.join(data, 'cache') });
    const remote = await workspace.index(`${host}/team/app:${tag}`, {}, withLogin());
    const local = await workspace.index(`oci-dir://${path.join(folder, 'layout')}`, { ref: tag }, context);
    const comparable = ({ image: { name, source, input, reference, aliases, ...image }, ...rest }: typeof local) => ({ image, ...rest });
    expect(comparable(remote)).toEqual(comparable(local));
    const [here, there] = [workspace.assess(local, context), workspace.assess(remote, context)];
    expect(there.matches).toEqual(here.matches);
    expect(there.layers).toEqual(here.layers);
    expect(there.hierarchy.map(({ layers, confidence }) => [layers, confidence])).toEqual(
      here.hierarchy.map(({ layers, confidence }) => [layers, confidence]),
    );
    await rm(data, { recursive: true, force: true });
  });

  it('reads the provenance that lies beside the image', async () => {
    await using image = await openImage(`${host}/team/app:app`, {}, withLogin());
    expect(image.description.provenance?.materials).toEqual([{ uri: 'pkg:docker/debian@12', digest: base.digest }]);
  });

  it('chooses the platform', async () => {
    await using image = await openImage(`${host}/team/app:multi`, { platform: arm.platform }, withLogin());
    expect(image.description.digest).toBe(arm.digest);
  });

  it('reads by digest', async () => {
    await using image = await openImage(`${host}/team/app@${multi.digest}`, {}, withLogin());
    expect(image.description).toMatchObject({ digest: base.digest, indexDigest: multi.digest });
  });

  it('lists every tag with every platform', async () => {
    const listed = await Array.fromAsync(listImages(`registry://${host}/team/app`, withLogin()), ({ description }) => [
      description.reference?.tag,
      description.digest,
    ]);
    expect(listed).toEqual([
      ['app', app.digest],
      ['docker', docker.images[0]?.digest],
      ['multi', base.digest],
      ['multi', arm.digest],
    ]);
  });

  it.each([
    ['a tag that is not there', 'team/app:none', 'IMAGE_NOT_FOUND'],
    ['a repository that is not there', 'team/none:1', 'IMAGE_NOT_FOUND'],
  ])('%s', async (_, name, code) => {
    await expect(openImage(`${host}/${name}`, {}, withLogin())).rejects.toMatchObject({ code });
  });

  it('nobody is let in without a login', async () => {
    const nobody = createContext({ env: { DOCKER_CONFIG: path.join(folder, 'none') } });
    await expect(openImage(`${host}/team/app:app`, {}, nobody)).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
  });
});

/** Blobs by one upload each, then the manifests: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push */
async function push(host: string, repository: string, tag: string, image: BuiltImage | BuiltIndex): Promise<void> {
  const at = `http://${host}/v2/${repository}`;
  for (const { descriptor, bytes } of blobsOf(image)) {
    const isManifest = /manifest|index/.test(descriptor.mediaType);
    const location = isManifest ? undefined : await send(`${at}/blobs/uploads/`, { method: 'POST' }, 202);
    const target = new URL(location ?? `${at}/manifests/${descriptor.digest}`);
    if (!isManifest) target.searchParams.set('digest', descriptor.digest);
    const type = isManifest ? descriptor.mediaType : 'application/octet-stream';
    await send(target, { method: 'PUT', body: Buffer.from(bytes), headers: { 'Content-Type': type } }, 201);
  }
  const { descriptor, bytes } = topOf(image);
  await send(`${at}/manifests/${tag}`, { method: 'PUT', body: Buffer.from(bytes), headers: { 'Content-Type': descriptor.mediaType } }, 201);
}

async function send(address: string | URL, request: RequestInit, expected: number): Promise<string | undefined> {
  const response = await fetch(address, { ...request, headers: { ...request.headers, Authorization: login } });
  const text = await response.text();
  if (response.status !== expected) throw new Error(`${request.method} ${address}: ${response.status} ${text}`);
  return response.headers.get('location') ?? undefined;
}

async function bytesOf(image: Image): Promise<readonly string[]> {
  return Promise.all(image.layers.map(async (layer) => Buffer.concat(await Array.fromAsync(layer.read())).toString('base64')));
}

async function untilUp(host: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer) return;
    await wait(50);
  }
  throw new Error('the registry did not come up');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
