import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, type Image, listImages, openImage, openWorkspace } from '@plimsoll/core';
import { type BuiltImage, buildImage, buildIndex, jsonBlob, writeOciLayout } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, pushImage, type RealRegistry, startRegistry } from './servers.ts';

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
  let server: RealRegistry;
  const context = createContext();
  const withLogin = () => createContext({ env: { DOCKER_CONFIG: path.join(folder, 'docker') } });

  beforeAll(async () => {
    server = await startRegistry({ login: 'me:secret' });
    ({ host, folder } = server);
    await mkdir(path.join(folder, 'docker'));
    await writeFile(path.join(folder, 'docker/config.json'), JSON.stringify({ auths: { [host]: { auth: login.slice('Basic '.length) } } }));
    for (const { tag, image } of images) await pushImage(host, 'team/app', tag, image, 'me:secret');
    await writeOciLayout(
      path.join(folder, 'layout'),
      images.map(({ tag, image }) => ({ ref: tag, image })),
    );
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  it.each(images.map(({ tag }) => tag))('%s: reads what the folder has', async (tag) => {
    await using remote = await openImage(`${host}/team/app:${tag}`, {}, withLogin());
    await using local = await openImage(path.join(folder, 'layout'), { ref: tag }, context);
    const { name: _, source: __, input: ___, reference: ____, aliases: _____, ...described } = remote.description;
    expect(local.description).toMatchObject(described);
    expect(remote.description.indexDigest).toBe(local.description.indexDigest);
    expect(await bytesOf(remote)).toEqual(await bytesOf(local));
  });

  it('lets in whom a credential helper knows', async () => {
    const place = path.join(folder, 'helped');
    await mkdir(place);
    const helper = path.join(place, 'docker-credential-of-test');
    await writeFile(helper, `#!/bin/sh\nread server; printf '{"ServerURL":"%s","Username":"me","Secret":"secret"}' "$server"\n`, {
      mode: 0o755,
    });
    await writeFile(path.join(place, 'config.json'), JSON.stringify({ credHelpers: { [host]: 'of-test' } }));
    const env = { DOCKER_CONFIG: place, HOME: place, PATH: `${place}:${process.env.PATH}` };
    await using image = await openImage(`${host}/team/app:app`, {}, createContext({ env }));
    expect(image.description.digest).toBe(app.digest);
  });

  it('is asked by the digest of an index, and of a manifest in it', async () => {
    for (const [digest, expected] of [
      [multi.digest, base.digest],
      [arm.digest, arm.digest],
    ]) {
      await using image = await openImage(`${host}/team/app@${digest}`, {}, withLogin());
      expect(image.description.digest).toBe(expected);
    }
  });

  it('lists what refers to an image by the tag that stands in for it, since it has no API for that', async () => {
    const type = 'application/vnd.oci.image.manifest.v1+json';
    const statement = jsonBlob('application/vnd.in-toto+json', {
      ...{ _type: 'https://in-toto.io/Statement/v1', predicateType: 'https://slsa.dev/provenance/v1' },
      subject: [{ name: 'app', digest: { sha256: arm.digest.slice(7) } }],
      predicate: { runDetails: { builder: { id: 'https://example.org/builder' } } },
    });
    const empty = jsonBlob('application/vnd.oci.image.config.v1+json', {});
    const artifactType = 'application/vnd.in-toto+json';
    const manifest = jsonBlob(type, {
      ...{ schemaVersion: 2, mediaType: type, artifactType, config: empty.descriptor, layers: [statement.descriptor] },
      subject: arm.manifest.descriptor,
    });
    const layer = { ...statement, tar: statement.bytes, diffId: statement.descriptor.digest };
    const referrer: BuiltImage = { ...arm, config: empty, layers: [layer], manifest, digest: manifest.descriptor.digest };
    const index = jsonBlob('application/vnd.oci.image.index.v1+json', {
      ...{ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json' },
      manifests: [{ ...manifest.descriptor, artifactType }],
    });
    await pushImage(
      host,
      'team/app',
      arm.digest.replace(':', '-'),
      { kind: 'index', digest: index.descriptor.digest, index, images: [referrer] },
      'me:secret',
    );
    await using image = await openImage(`${host}/team/app@${arm.digest}`, {}, withLogin());
    expect(image.description.provenance).toEqual({ builder: 'https://example.org/builder', materials: [] });
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

async function bytesOf(image: Image): Promise<readonly string[]> {
  return Promise.all(image.layers.map(async (layer) => Buffer.concat(await Array.fromAsync(layer.read())).toString('base64')));
}
