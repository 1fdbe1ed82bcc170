import { existsSync } from 'node:fs';
import path from 'node:path';
import { createContext, indexImage, openImage } from '@plimsoll/core';
import type { PackageType } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { createMemoryLayerCache } from '../../packages/core/src/store/layer-cache.ts';
import { apkPackages, debPackages, type Listed, npmPackages, pypiPackages, unpackLayers } from './oracle.ts';

const chain = path.resolve(import.meta.dirname, '../../../shared/data/images/chain');
/** What these images hold; RPM databases have an oracle of their own: test/real/rpm.test.ts. */
type Listable = Extract<PackageType, 'apk' | 'deb' | 'npm' | 'pypi'>;
const oracles: Readonly<Record<Listable, (root: string) => Listed>> = {
  apk: apkPackages,
  deb: debPackages,
  npm: npmPackages,
  pypi: pypiPackages,
};

describe.skipIf(!existsSync(chain))('packages of real images (skipped where ../shared/data/images is absent)', () => {
  it.each([
    ['debian-thin.oci', 'shop-api_1.4.2'],
    ['debian-thin.oci', 'upgraded_1'],
    ['debian-thin.oci', 'purged_1'],
    ['debian-thin.oci', 'python_3.9-slim'],
    ['debian-thin.oci', 'debian_sid'],
    ['alpine.oci', 'shop-alpine_1.4.2'],
    ['alpine.oci', 'apkdel_1'],
    ['alpine.oci', 'whiteouts_1'],
  ])('%s %s: what an unpacked root says, and the layer since which each has been there', async (layout, ref) => {
    const input = `oci-dir://${path.join(chain, layout)}`;
    const context = createContext();
    await using image = await openImage(input, { ref }, context);
    const inventory = await indexImage(image, { cache: createMemoryLayerCache(), context });

    // After each layer, what an independent unpacking lists: the last is the answer, the run of layers before it the attribution.
    const states: { readonly layer: number; readonly lists: Readonly<Record<Listable, Listed>> }[] = [];
    await unpackLayers(input, ref, (root, layer) => {
      states.push({ layer, lists: { apk: oracles.apk(root), deb: oracles.deb(root), npm: oracles.npm(root), pypi: oracles.pypi(root) } });
    });
    expect(states.length).toBeGreaterThan(0);

    for (const type of Object.keys(oracles) as Listable[]) {
      const ours = inventory.packages.filter((found) => found.type === type);
      const last = states.at(-1)?.lists[type] ?? [];
      expect(ours.map(({ name, version }) => `${name} ${version}`).sort(), type).toEqual([...last].sort());
      for (const { name, version, introducedIn } of ours) {
        const copies = last.filter((line) => line === `${name} ${version}`).length;
        if (copies > 1) continue; // several copies of one version: the lists do not tell which is which
        const since = states.findLastIndex(({ lists }) => !lists[type].includes(`${name} ${version}`));
        expect([name, introducedIn]).toEqual([name, states[since + 1]?.layer]);
      }
    }
  });
});
