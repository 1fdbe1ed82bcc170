import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Context, Workspace } from '@plimsoll/core';
import { type BuiltImage, buildImage, type FileSpec, type LayerSpec, writeOciLayout } from '@plimsoll/testkit';
import { alpineSecdb, debianNew, debianOld, debianTracker, epssDocument, kevDocument, osvRecords } from './fixture.data.ts';

type Versions = Readonly<Record<string, string>>;

/**
 * Fills a workspace: advisories, base images (two times of `debian:11-slim` and of `python:3.9-slim`, an Alpine to move to), and images on
 * them: `shop/api:2.4` has something of everything, `shop/static:1` nothing at all.
 * @param large adds `shop/large:1` with 5,000 packages and 3,000 vulnerabilities
 */
export async function fillWorkspace(
  workspace: Workspace,
  folder: string,
  context: Context,
  { large = false }: { readonly large?: boolean } = {},
): Promise<void> {
  const advisories = await writeAdvisories(path.join(folder, 'advisories'), large);
  const results = await workspace.updateAdvisories({ from: advisories }, context);
  const failed = results.filter(({ state }) => state === 'failed');
  if (failed.length > 0) throw new Error(failed.map(({ source, error }) => `${source}: ${error}`).join('; '));

  const { older, newer, images } = buildImages();
  for (const [place, set] of Object.entries({ older, newer })) {
    const layout = path.join(folder, place);
    await writeOciLayout(layout, refsOf(set));
    for (const ref of Object.keys(set)) await workspace.index(`oci-dir://${layout}`, { ref }, context);
  }
  const layout = path.join(folder, 'images');
  const named = { ...images, ...(large && { 'shop/large:1': buildLarge() }) };
  await writeOciLayout(layout, refsOf(named));
  for (const ref of Object.keys(named)) await workspace.index(`oci-dir://${layout}`, { ref }, context);
}

/** The images by name. Built anew each time, always the same. */
export function buildImages(): Readonly<Record<'older' | 'newer' | 'images', Readonly<Record<string, BuiltImage>>>> {
  const oldDebian = buildDebian(debianOld, '2025-06-01T00:00:00Z');
  const newDebian = buildDebian(debianNew, '2025-12-01T00:00:00Z');
  const oldPython = buildPython(oldDebian, debianOld, '2025-06-03T00:00:00Z');
  const newPython = buildPython(newDebian, debianNew, '2025-12-03T00:00:00Z');
  const alpine = buildAlpine();
  const api = buildApi(oldPython);
  return {
    older: { 'debian:11-slim': oldDebian, 'python:3.9-slim': oldPython },
    newer: { 'debian:11-slim': newDebian, 'python:3.9-slim': newPython, 'python:3.9-alpine': alpine },
    images: {
      'shop/static:1': buildImage({ layers: [{ createdBy: 'COPY site /', files: [{ path: 'index.html', content: '<p>hello' }] }] }),
      'shop/api:latest': api,
      'shop/api:2.4': api,
    },
  };
}

function buildDebian(versions: Versions, created: string): BuiltImage {
  const release = 'PRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\nID=debian\nVERSION_ID="11"\nVERSION_CODENAME=bullseye\n';
  const files: readonly FileSpec[] = [
    { path: 'etc/os-release', content: release },
    { path: 'usr/bin/perl', content: 'p'.repeat(200_000) },
    dpkgStatus(versions),
  ];
  return buildImage({
    created,
    layers: [
      { createdBy: '/bin/sh -c #(nop) ADD file:abc in / ', files },
      { createdBy: '/bin/sh -c #(nop)  CMD ["bash"]', empty: true },
    ],
    config: { cmd: ['bash'] },
  });
}

function buildPython(base: BuiltImage, versions: Versions, created: string): BuiltImage {
  return buildImage({
    base,
    created,
    layers: [
      { createdBy: 'ENV LANG=C.UTF-8', empty: true },
      {
        createdBy: 'RUN /bin/sh -c set -eux; apt-get update; apt-get install -y --no-install-recommends libsqlite3 # buildkit',
        files: [dpkgStatus({ ...versions, libsqlite3: '3.34.1-3' }), { path: 'var/cache/apt/archives/x.deb', content: 'd'.repeat(90_000) }],
      },
      {
        createdBy: 'RUN /bin/sh -c set -eux; wget -O python.tar.xz "https://www.python.org/ftp/python/3.9.18.tar.xz" # buildkit',
        files: [...pythonPackage('pip', '23.0.1'), ...pythonPackage('setuptools', '58.1.0')],
      },
      { createdBy: 'CMD ["python3"]', empty: true },
    ],
    config: { cmd: ['python3'], env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'LANG=C.UTF-8', 'PYTHON_VERSION=3.9.18'] },
  });
}

function buildAlpine(): BuiltImage {
  const release = 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.18.5\nPRETTY_NAME="Alpine Linux v3.18"\n';
  const installed = ['busybox 1.36.1-r5', 'musl 1.2.4-r2', 'zlib 1.2.13-r1', 'sqlite-libs 3.41.2-r2']
    .map((line) => line.split(' '))
    .map(([name, version]) => `P:${name}\nV:${version}\nA:x86_64\nS:1000\nI:2000\nT:${name}\nL:MIT\no:${name}\n`)
    .join('\n');
  return buildImage({
    created: '2025-12-04T00:00:00Z',
    layers: [
      {
        createdBy: 'ADD alpine-minirootfs-3.18.5-x86_64.tar.gz / # buildkit',
        files: [
          { path: 'etc/os-release', content: release },
          { path: 'lib/apk/db/installed', content: installed },
        ],
      },
      { createdBy: 'RUN /bin/sh -c set -eux; make install # buildkit', files: pythonPackage('pip', '23.0.1') },
    ],
    config: { cmd: ['python3'], env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'PYTHON_VERSION=3.9.18'] },
  });
}

function buildApi(base: BuiltImage): BuiltImage {
  const layers: readonly LayerSpec[] = [
    { createdBy: 'WORKDIR /app', files: [{ path: 'app', directory: true }] },
    { createdBy: 'COPY requirements.txt . # buildkit', files: [{ path: 'app/requirements.txt', content: 'django==3.2.0\n' }] },
    {
      createdBy: 'RUN /bin/sh -c pip install -r requirements.txt # buildkit',
      files: [...pythonPackage('Django', '3.2.0'), ...pythonPackage('urllib3', '1.26.4'), ...pythonPackage('requests', '2.25.1')],
    },
    {
      createdBy: 'COPY node_modules ./node_modules # buildkit',
      files: [...nodePackage('lodash', '4.17.11'), ...nodePackage('minimist', '1.2.0'), ...nodePackage('@shop/cart', '1.0.0')],
    },
    { createdBy: 'COPY dump.sql /tmp/ # buildkit', files: [{ path: 'tmp/dump.sql', content: 's'.repeat(300_000) }] },
    {
      createdBy: 'RUN /bin/sh -c apt-get update && apt-get install -y --only-upgrade libssl # buildkit',
      files: [dpkgStatus({ ...debianOld, libsqlite3: '3.34.1-3', libssl: '1.1.1n-0+deb11u4' })],
    },
    {
      createdBy: 'RUN /bin/sh -c rm -rf /tmp/dump.sql /app/node_modules/minimist # <img src=x onerror=alert(1)>',
      files: [
        { path: 'tmp/dump.sql', whiteout: true },
        { path: 'app/node_modules/minimist', whiteout: true },
      ],
    },
    { createdBy: 'USER app', empty: true },
    { createdBy: 'CMD ["python3" "-m" "shop"]', empty: true },
  ];
  return buildImage({
    base,
    created: '2025-12-24T10:00:00Z',
    layers,
    config: { user: 'app', cmd: ['python3', '-m', 'shop'], workingDir: '/app' },
  });
}

function buildLarge(): BuiltImage {
  const files = Array.from({ length: 5000 }, (_, index) => nodePackage(`part-${index}`, '1.0.0')).flat();
  return buildImage({ created: '2025-12-24T11:00:00Z', layers: [{ createdBy: 'COPY node_modules /app/node_modules', files }] });
}

async function writeAdvisories(folder: string, large: boolean): Promise<string> {
  const [first] = osvRecords;
  const many = Array.from({ length: large ? 3000 : 0 }, (_, index) => ({
    ...first,
    id: `GHSA-many-${index}`,
    aliases: [`CVE-2099-${10_000 + index}`],
    affected: [{ package: { ecosystem: 'npm', name: `part-${index}` }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }],
  }));
  await mkdir(folder, { recursive: true });
  const write = (name: string, value: unknown) =>
    writeFile(path.join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  await write('tracker.json', debianTracker);
  await write('known_exploited_vulnerabilities.json', kevDocument);
  await write('epss_scores.csv', epssDocument);
  await write('main.json', alpineSecdb);
  for (const record of [...osvRecords, ...many]) await write(`${record.id}.json`, record);
  return folder;
}

function refsOf(images: Readonly<Record<string, BuiltImage>>) {
  return Object.entries(images).map(([ref, image]) => ({ ref, image }));
}

function dpkgStatus(versions: Versions): FileSpec {
  const paragraphs = Object.entries(versions).map(
    ([name, version]) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\nDescription: ${name}\n`,
  );
  return { path: 'var/lib/dpkg/status', content: paragraphs.join('\n') };
}

function pythonPackage(name: string, version: string): readonly FileSpec[] {
  const folder = `usr/local/lib/python3.9/site-packages/${name}-${version}.dist-info`;
  return [{ path: `${folder}/METADATA`, content: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nLicense: BSD\n\n` }];
}

function nodePackage(name: string, version: string): readonly FileSpec[] {
  const content = JSON.stringify({ name, version, license: 'MIT' });
  return [{ path: `app/node_modules/${name}/package.json`, content }];
}
