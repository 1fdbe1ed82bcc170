import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, openWorkspace, type Workspace } from '@plimsoll/core';
import { confidences, type Inventory } from '@plimsoll/model';
import { buildImage, writeOciLayout } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const chain = path.resolve(import.meta.dirname, '../../../shared/data/images/chain');
const debian = `oci-dir://${path.join(chain, 'debian-thin.oci')}`;
const alpine = `oci-dir://${path.join(chain, 'alpine.oci')}`;
const context = createContext();

describe.skipIf(!existsSync(chain))('base images of real images (skipped where ../shared/data/images is absent)', () => {
  let folder: string;
  let workspace: Workspace;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-bases-'));
    workspace = openWorkspace({ dataDir: folder, cacheDir: folder });
    await workspace.addBases(debian, context);
    await workspace.addBases(alpine, context);
  });
  afterAll(() => {
    workspace[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const report = async (input: string, ref: string) => workspace.assess(await workspace.index(input, { ref }, context), context);

  it.each([
    [debian, 'shop-api_1.4.2', ['debian_11-slim', 'python_3.9-slim', 'shop-api_1.4.2']],
    [debian, 'shop-api_1.5.0', ['debian_11-slim-new', 'python_3.9-slim-new', 'shop-api_1.5.0']],
    [debian, 'upgraded_1', ['debian_11-slim', 'upgraded_1']],
    [alpine, 'shop-alpine_1.4.2', ['alpine_3.18.9', 'node_18-alpine', 'shop-alpine_1.4.2']],
    [alpine, 'shop-alpine-noprov_1.4.2', ['alpine_3.18.9', 'node_18-alpine', 'shop-alpine-noprov_1.4.2']],
    [alpine, 'shop-alpine-newbase_1.4.2', ['alpine_3.20.3', 'node_18-alpine3.20', 'shop-alpine-newbase_1.4.2']],
    [alpine, 'alpine_3.18.9', ['alpine_3.18.9']],
    [debian, 'debian_11-slim', ['debian_11-slim']],
    [debian, 'debian_11-slim-new', ['debian_11-slim-new']],
    [debian, 'debian_bookworm-new', ['debian_bookworm-new']],
    [debian, 'debian_bookworm-old', ['debian_bookworm-old']],
    [debian, 'debian_trixie-old', ['debian_trixie-old']],
    [debian, 'debian_sid', ['debian_sid']],
    [debian, 'python_3.9-slim-new', ['debian_11-slim-new', 'python_3.9-slim-new']],
    [debian, 'multistage_1', ['debian_11-slim', 'multistage_1']],
    [debian, 'purged_1', ['debian_11-slim', 'python_3.9-slim', 'purged_1']],
    [alpine, 'alpine_3.10.3', ['alpine_3.10.3']],
    [alpine, 'alpine_3.10.9', ['alpine_3.10.9']],
    [alpine, 'alpine_3.20.3', ['alpine_3.20.3']],
    [alpine, 'node_18-alpine', ['alpine_3.18.9', 'node_18-alpine']],
    [alpine, 'node_18-alpine3.20', ['alpine_3.20.3', 'node_18-alpine3.20']],
    [alpine, 'shop-alpine_1.5.0', ['alpine_3.18.9', 'node_18-alpine', 'shop-alpine_1.5.0']],
    [alpine, 'shop-alpine-labelled_1.4.2', ['alpine_3.18.9', 'node_18-alpine', 'shop-alpine-labelled_1.4.2']],
    [alpine, 'shop-alpine-sbom_1.4.2', ['alpine_3.18.9', 'node_18-alpine', 'shop-alpine-sbom_1.4.2']],
    [alpine, 'apkdel_1', ['alpine_3.18.9', 'apkdel_1']],
    [alpine, 'whiteouts_1', ['alpine_3.18.9', 'whiteouts_1']],
    [alpine, 'multiapp_1', ['alpine_3.20.3', 'multiapp_1']],
  ])('%s %s stands on what it was built on', async (input, ref, names) => {
    const { hierarchy } = await report(input, ref);
    // Two tags of one image are both named: which stands first does not matter.
    expect(hierarchy).toHaveLength(names.length);
    for (const [position, name] of names.entries()) expect(hierarchy[position]?.candidates).toContain(name);
    const layers = hierarchy.flatMap(({ layers: [first, last] }) =>
      Array.from({ length: last - first + 1 }, (_, offset) => first + offset),
    );
    expect(layers).toEqual(layers.map((_, position) => position));
  });

  it('is surer with provenance or a label than without', async () => {
    const sureness = async (ref: string) => {
      const link = (await report(alpine, ref)).hierarchy[1];
      return { rank: confidences.indexOf(link?.confidence ?? 'guessed'), detectors: link?.evidence.map(({ detector }) => detector) };
    };
    const plain = await sureness('shop-alpine-noprov_1.4.2');
    const proven = await sureness('shop-alpine_1.4.2');
    const labelled = await sureness('shop-alpine-labelled_1.4.2');
    expect(proven.rank).toBeLessThan(plain.rank);
    expect(labelled.rank).toBeLessThan(plain.rank);
    expect(proven.detectors).toContain('provenance');
    expect(labelled.detectors).toContain('annotation');
    expect(plain.detectors).toEqual(['chain-id']);
  });

  it('names the newer build among the candidates for a base', async () => {
    const { recommendations } = await report(debian, 'shop-api_1.4.2');
    const advice = recommendations.bases.find(({ current }) => current.name === 'debian_11-slim');
    expect(advice?.change.map(({ name }) => name)).toContain('debian_11-slim-new');
    expect(recommendations.bases[0]?.change.map(({ name }) => name)).toContain('python_3.9-slim-new');
  });

  it('guesses from the history where no known image lies below, says so, and recommends nothing', async () => {
    using empty = openWorkspace({ dataDir: path.join(folder, 'empty'), cacheDir: folder });
    const found = empty.assess(await empty.index(debian, { ref: 'shop-api_1.4.2' }, context), context);
    expect(found.hierarchy).toMatchObject([
      { candidates: ['an image on debian:11'], layers: [0, 7], confidence: 'guessed', evidence: [{ detector: 'history' }] },
      { self: true },
    ]);
    expect(found.recommendations.bases).toEqual([]);
  });

  it('says that it does not know where it does not', async () => {
    using empty = openWorkspace({ dataDir: path.join(folder, 'empty2'), cacheDir: folder });
    const found = empty.assess(await empty.index(debian, { ref: 'debian_11-slim' }, context), context);
    expect(found.hierarchy).toHaveLength(1);
    expect(found.recommendations.bases).toEqual([]);
  });

  it('is right for an image that is a base itself', async () => {
    const { hierarchy } = await report(debian, 'python_3.9-slim');
    expect(hierarchy.map(({ candidates: [name], self }) => [name, self])).toEqual([
      ['debian_11-slim', false],
      ['python_3.9-slim', true],
    ]);
  });

  it('keeps the base a person says it has, for a rebuilt image too, until that is taken back', async () => {
    const { inventory } = await report(debian, 'shop-api_1.4.2');
    workspace.pinBase(inventory.image.digest, 'debian:11-slim');
    const pinned = workspace.report(inventory.image.digest, context).hierarchy;
    expect(pinned.map(({ candidates: [name], pinned: isPinned }) => [name, isPinned])).toEqual([
      ['debian_11-slim', true],
      ['shop-api_1.4.2', false],
    ]);
    workspace.pinBase(inventory.image.digest, undefined);
    expect(workspace.report(inventory.image.digest, context).hierarchy).toHaveLength(3);
  });

  it('finds what a squashed image was built on by what is in it', async () => {
    await report(debian, 'debian_11-slim');
    await report(debian, 'python_3.9-slim');
    const { inventory } = await report(debian, 'shop-api_1.4.2');
    const layout = path.join(folder, 'squashed');
    await writeOciLayout(layout, [{ ref: 'squashed', image: squash(inventory) }]);
    const { hierarchy, recommendations } = await report(`oci-dir://${layout}`, 'squashed');
    expect(hierarchy[0]).toMatchObject({ confidence: 'guessed', evidence: [{ detector: 'fingerprint', similarity: 1 }] });
    expect(hierarchy[0]?.candidates[0]).toMatch(/^python_3\.9/);
    expect(hierarchy).toHaveLength(2);
    expect(recommendations.bases[0]?.change.map(({ name }) => name)).toContain('python_3.9-slim-new');
  });

  it('is not deceived by how layers are packed', async () => {
    const formats = path.join(chain, 'formats');
    const packed = ['buildkit-oci-gzip', 'buildkit-oci-zstd'].map((name) => readdirSync(formats).find((file) => file.startsWith(name)));
    const [gzip, zstd] = await Promise.all(packed.map((file) => workspace.index(path.join(formats, file ?? ''), {}, context)));
    const base = gzip?.image;
    if (!base || !zstd) throw new Error('no such packings');
    const chains = [base, zstd.image].map(({ layers }) => layers.map(({ chainId }) => chainId));
    expect(chains[0]).toEqual(chains[1]);
    expect(base.layers.map(({ digest }) => digest)).not.toEqual(zstd.image.layers.map(({ digest }) => digest));
  });
});

/** One layer that holds the packages of an image. */
function squash({ packages, distro }: Inventory) {
  const status = packages
    .filter(({ type }) => type === 'deb')
    .map(
      ({ name, version, architecture }) =>
        `Package: ${name}\nStatus: install ok installed\nArchitecture: ${architecture}\nVersion: ${version}\n`,
    );
  const language = packages.flatMap(({ type, name, version, evidence: [{ path: file } = { path: '' }] }) => {
    if (type === 'npm') return [{ path: file, content: JSON.stringify({ name, version }) }];
    if (type === 'pypi') return [{ path: file, content: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n` }];
    return [];
  });
  const system = [
    { path: 'etc/os-release', content: `ID=${distro?.id}\nVERSION_ID="${distro?.version}"\nPRETTY_NAME="${distro?.name}"\n` },
    { path: 'var/lib/dpkg/status', content: status.join('\n') },
  ];
  return buildImage({ layers: [{ createdBy: 'COPY / /', files: [...system, ...language] }] });
}
