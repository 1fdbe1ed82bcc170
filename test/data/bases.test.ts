import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, openWorkspace, type Workspace } from '@plimsoll/core';
import { confidences } from '@plimsoll/model';
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

  it('says that it does not know where it does not', async () => {
    using empty = openWorkspace({ dataDir: path.join(folder, 'empty'), cacheDir: folder });
    const found = empty.assess(await empty.index(debian, { ref: 'shop-api_1.4.2' }, context), context);
    expect(found.hierarchy).toHaveLength(1);
    expect(found.recommendations.bases).toEqual([]);
  });
});
