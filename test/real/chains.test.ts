import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { adviseDockerfile, createContext, openImage, openWorkspace, type Workspace } from '@plimsoll/core';
import type { Match, Report, SeverityCounts } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyLayout, isInstalled, type RealRegistry, startRegistry } from './servers.ts';

const data = path.resolve(import.meta.dirname, '../../../shared/data');
const chain = path.join(data, 'images/chain');
const debian = path.join(chain, 'debian-thin.oci');
const alpine = path.join(chain, 'alpine.oci');
const missing = [...(isInstalled('docker-registry') ? [] : ['docker-registry']), ...(existsSync(chain) ? [] : ['../shared/data/images'])];
if (missing.length > 0) console.log(`test/real/chains: skipped, ${missing.join(' and ')} is not here`);

/** What stands in the registry at first: layout, ref, repository and tag. */
const first = [
  [debian, 'debian_11-slim', 'base/debian', '11-slim'],
  [debian, 'debian_bookworm-old', 'base/debian', '12-slim'],
  [debian, 'debian_sid', 'base/debian', 'sid-slim'],
  [debian, 'python_3.9-slim', 'base/python', '3.9-slim'],
  [debian, 'shop-api_1.4.2', 'shop/api', '1.4'],
  [debian, 'upgraded_1', 'shop/upgraded', '1'],
  [alpine, 'alpine_3.18.9', 'base/alpine', '3.18'],
  [alpine, 'alpine_3.20.3', 'base/alpine', '3.20'],
  [alpine, 'node_18-alpine', 'base/node', '18-alpine'],
  [alpine, 'shop-alpine_1.4.2', 'shop/web', '1.4'],
  [alpine, 'shop-alpine-noprov_1.4.2', 'shop/web', 'noprov'],
] as const;
/** Tags that move. */
const moved = [
  [debian, 'debian_11-slim-new', 'base/debian', '11-slim'],
  [debian, 'debian_bookworm-new', 'base/debian', '12-slim'],
  [debian, 'python_3.9-slim-new', 'base/python', '3.9-slim'],
  [alpine, 'node_18-alpine3.20', 'base/node', '18-alpine'],
  [debian, 'shop-api_1.5.0', 'shop/api', '1.4'],
] as const;

describe.runIf(missing.length === 0)('real chains in a real registry whose tags move', () => {
  let registry: RealRegistry;
  let folder: string;
  let workspace: Workspace;
  let clock = Date.parse('2026-11-01T00:00:00Z');
  const now = () => {
    clock += 1000;
    return new Date(clock);
  };
  const context = createContext({ env: { DOCKER_CONFIG: '/nowhere' }, now });
  const reports = new Map<string, Report>();
  const name = (repository: string, tag: string) => `${registry.host}/${repository}:${tag}`;
  const report = (repository: string, tag: string) => reports.get(`${repository}:${tag}`) as Report;
  const again = (repository: string, tag: string) => workspace.report(report(repository, tag).inventory.image.digest, context);
  const sync = () =>
    Promise.all(
      ['debian', 'python', 'alpine', 'node'].map((base) => workspace.syncBases(`registry://${registry.host}/base/${base}`, {}, context)),
    );

  beforeAll(async () => {
    registry = await startRegistry();
    folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-chains-'));
    workspace = openWorkspace({ dataDir: folder, cacheDir: folder });
    await workspace.updateAdvisories({ from: path.join(data, 'advisories') }, context);
    for (const [layout, ref, repository, tag] of first) await copyLayout(layout, ref, registry.host, repository, tag);
    await sync();
    for (const [, , repository, tag] of first) {
      if (!repository.startsWith('shop/')) continue;
      const inventory = await workspace.index(name(repository, tag), {}, context);
      reports.set(`${repository}:${tag}`, workspace.assess(inventory, context));
    }
  }, 120_000);
  afterAll(async () => {
    workspace?.[Symbol.dispose]();
    await registry?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const chains = [
    ['shop/api', '1.4', ['base/debian:11-slim', 'base/python:3.9-slim', 'shop/api:1.4']],
    ['shop/upgraded', '1', ['base/debian:11-slim', 'shop/upgraded:1']],
    ['shop/web', '1.4', ['base/alpine:3.18', 'base/node:18-alpine', 'shop/web:1.4']],
    ['shop/web', 'noprov', ['base/alpine:3.18', 'base/node:18-alpine', 'shop/web:noprov']],
  ] as const;

  it.each(chains)('%s:%s stands on what it was built on, and nothing is newer', (repository, tag, names) => {
    const { hierarchy, recommendations } = report(repository, tag);
    for (const [position, expected] of names.entries()) expect(hierarchy[position]?.candidates).toContain(`${registry.host}/${expected}`);
    expect(hierarchy).toHaveLength(names.length);
    expect(hierarchy.map(({ outdated }) => outdated)).toEqual(names.map(() => false));
    expect(recommendations.image.state).toBe('current');
    expect(recommendations.bases.map(({ refresh }) => refresh.length)).toEqual(names.slice(1).map(() => 0));
  });

  it('offers no distribution under work, and offers the next release', () => {
    const [advice] = report('shop/upgraded', '1').recommendations.bases;
    expect(advice?.change.map(({ tag }) => tag)).toEqual(['12-slim']);
    expect(advice?.change[0]?.disadvantages.join()).toMatch(/Major version update|Vulnerabilities unknown/);
  });

  it('sees each tag that moved, and keeps what the images stand on', async () => {
    for (const [layout, ref, repository, tag] of moved) await copyLayout(layout, ref, registry.host, repository, tag);
    const results = (await sync()).flat();
    expect(results.map(({ changed }) => changed)).toEqual([2, 1, 0, 1]);
    for (const [repository, tag] of chains) await workspace.checkTag(report(repository, tag).inventory.image.digest, context);
    const outdated = chains.map(([repository, tag]) => again(repository, tag).hierarchy.map((link) => link.outdated));
    expect(outdated).toEqual([
      [true, true, true],
      [true, false],
      [false, true, false],
      [false, true, false],
    ]);
    for (const [repository, tag, names] of chains) {
      expect(again(repository, tag).hierarchy.map(({ candidates: [likeliest] }) => likeliest)).toEqual(
        names.map((expected) => `${registry.host}/${expected}`),
      );
    }
  });

  it('this image: the tag points to another one now; or cannot be asked, and why', async () => {
    const api = again('shop/api', '1.4').recommendations.image;
    expect(api).toMatchObject({ state: 'outdated', commands: [`docker pull ${name('shop/api', '1.4')}`] });
    expect(api.latest?.digest).toBe((await openImage(name('shop/api', '1.4'), {}, context)).description.digest);
    expect(again('shop/web', '1.4').recommendations.image.state).toBe('current');
    const { digest } = report('shop/web', '1.4').inventory.image;
    await workspace.checkTag(digest, { ...context, offline: true });
    expect(workspace.report(digest, context).recommendations.image).toMatchObject({
      state: 'unknown',
      reason: expect.stringMatching(/^cannot tell: .*network is switched off/),
    });
    await workspace.checkTag(digest, context);
  });

  it('refresh: on the new node the app has what it really has when it is rebuilt', async () => {
    const [candidate] = await refreshOf('shop/web', '1.4');
    const rebuilt = workspace.assess(await workspace.index(`oci-dir://${alpine}`, { ref: 'shop-alpine-newbase_1.4.2' }, context), context);
    expect(candidate?.predicted).toEqual(rebuilt.counts);
  });

  describe.runIf(isInstalled('buildah'))('rebuilt with buildah from the Dockerfile that was changed', () => {
    it.each([
      ['a tag that moved: the file stays, the image is built anew', 'FROM BASE/python:3.9-slim\n', false],
      ['a pinned base, kept in step', `ARG PYTHON=3.9\nFROM BASE/python:\${PYTHON}-slim AS app\n`, true],
      ['an argument that is the whole image', 'ARG IMAGE=BASE/python:3.9-slim\nFROM $IMAGE\n', true],
      ['an argument with a fallback', `ARG VARIANT=slim\nFROM BASE/python:3.9-\${VARIANT:-slim}\n`, true],
      ['a digest that stands beside the tag', 'FROM BASE/python:3.9-slim@DIGEST AS app\n', true],
      ['a digest alone', 'FROM BASE/python@DIGEST\n', true],
      ['a digest in an argument', `ARG DIGEST=DIGEST\nFROM BASE/python:3.9-slim@\${DIGEST}\n`, true],
      ['stages on one base', 'FROM BASE/python:3.9-slim AS other\nLABEL a=b\nFROM BASE/python:3.9-slim AS app\n', true],
      ['a stage on a stage', 'FROM BASE/python:3.9-slim AS common\nENV A=b\nFROM common\n', true],
      [
        'comments, continuations and lower case',
        '# FROM BASE/python:3.9-slim\nfrom BASE/python:3.9-slim\nlabel a=b \\\n  # not the end\n  c=d\n',
        true,
      ],
    ])(
      '%s',
      async (_, from, pin) => {
        const [candidate] = await refreshOf('shop/api', '1.4');
        const now = again('shop/api', '1.4');
        const context_ = mkdtempSync(path.join(folder, 'build-'));
        const adds = await writeOwnLayers(now, context_);
        const old = now.hierarchy[1]?.current?.digest ?? '';
        const start = from.replaceAll('BASE', `${registry.host}/base`).replaceAll(/(?<=[@=])DIGEST/g, old);
        const text = `${start}${adds.map((file) => `ADD ${file} /\n`).join('')}`;
        const { changes } = adviseDockerfile(now, { text, file: 'Dockerfile', pin });
        const change = changes.find(({ candidate: found }) => found?.digest === candidate?.digest);
        expect(change?.diff === '').toBe(!pin);
        writeFileSync(path.join(context_, 'Dockerfile'), text);
        if (change?.diff) {
          execFileSync('git', ['init', '-q'], { cwd: context_ });
          execFileSync('git', ['apply', '-'], { cwd: context_, input: change.diff });
        }
        const target = name('shop/rebuilt', pin ? 'pinned' : 'plain');
        build(context_, target);
        const rebuilt = workspace.assess(await workspace.index(target, {}, context), context);
        expect(rebuilt.hierarchy.map(({ candidates: [likeliest] }) => likeliest)).toEqual([
          name('base/debian', '11-slim'),
          name('base/python', '3.9-slim'),
          target,
        ]);
        expect(candidate?.predicted).toEqual(rebuilt.counts);
        expect(total(now.counts) - total(rebuilt.counts)).toBeGreaterThan(50);
        const simulation = workspace.simulate(
          now.inventory.image.digest,
          { base: now.hierarchy[1]?.current?.digest ?? 'sha256:', candidate: candidate?.digest ?? 'sha256:' },
          context,
        );
        const gone = new Set(simulation.changes.lost.map(({ id, package: item }) => `${id} ${item.split(' ')[0]}`));
        const left = new Set(named(rebuilt));
        for (const finding of named(now)) expect(left.has(finding)).toBe(!gone.has(finding));
      },
      120_000,
    );

    /** The layers of the image itself as tar files, in order. */
    async function writeOwnLayers({ inventory: { image }, hierarchy }: Report, target: string): Promise<readonly string[]> {
      await using opened = await openImage(`oci-dir://${debian}`, { ref: 'shop-api_1.4.2' }, context);
      expect(opened.description.digest).toBe(image.digest);
      const ownFirst = hierarchy.at(-1)?.layers[0] ?? 0;
      const files: string[] = [];
      for (const layer of opened.layers.filter(({ layer: { index } }) => index >= ownFirst)) {
        const file = `layer-${layer.layer.index}.tar.gz`;
        writeFileSync(path.join(target, file), Buffer.concat(await Array.fromAsync(layer.read())));
        files.push(file);
      }
      return files;
    }

    function build(from: string, target: string): void {
      const places = ['--root', path.join(folder, 'buildah'), '--runroot', path.join(folder, 'buildah-run'), '--storage-driver', 'vfs'];
      const plain = ['--tls-verify=false'];
      mkdirSync(path.join(folder, 'buildah'), { recursive: true });
      writeFileSync(path.join(folder, 'logins.json'), '{}');
      const options = {
        env: { ...process.env, HOME: folder, REGISTRY_AUTH_FILE: path.join(folder, 'logins.json') },
        stdio: 'pipe' as const,
      };
      execFileSync(
        'buildah',
        [...places, 'bud', ...plain, '--pull-always', '--isolation', 'chroot', '--layers', '-t', target, from],
        options,
      );
      execFileSync('buildah', [...places, 'push', ...plain, target, `docker://${target}`], options);
    }
  });

  async function refreshOf(repository: string, tag: string) {
    const { digest } = report(repository, tag).inventory.image;
    await workspace.indexCandidates(digest, { most: 5 }, context);
    return workspace.report(digest, context).recommendations.bases[0]?.refresh ?? [];
  }
});

function named({ inventory, matches }: Report): readonly string[] {
  const names = new Map(inventory.packages.map((item) => [item.id, item.name]));
  return matches.filter(({ suppressed }: Match) => !suppressed).map(({ id, packageId }) => `${id} ${names.get(packageId)}`);
}

function total(counts: SeverityCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
