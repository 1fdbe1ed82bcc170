import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, indexImage, openAdvisoryDatabase, openImage } from '@plimsoll/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateAdvisories } from '../../packages/core/src/advisory/update.ts';
import { match } from '../../packages/core/src/match/match.ts';
import { explain } from '../../packages/core/src/pipeline/explain/explain.ts';
import { createMemoryLayerCache } from '../../packages/core/src/store/layer-cache.ts';
import { compareVersions } from '../../packages/core/src/version/compare.ts';

const shared = path.resolve(import.meta.dirname, '../../../shared/data');
const chain = path.join(shared, 'images/chain/debian-thin.oci');
const feeds = ['pypa/all.zip', 'debian/tracker-derived-from-changelogs.json.gz'];

/** Python packages of Debian's, with Debian's own advisories and those of PyPI. */
describe.skipIf(!existsSync(chain))('packages that Debian owns (skipped where ../shared/data is absent)', () => {
  let folder: string;
  let advisories: ReturnType<typeof openAdvisoryDatabase>;
  const context = createContext({ env: {}, offline: true });

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-ownership-'));
    mkdirSync(path.join(folder, 'feeds'));
    for (const feed of feeds) copyFileSync(path.join(shared, 'advisories', feed), path.join(folder, 'feeds', feed.replace('/', '-')));
    advisories = openAdvisoryDatabase(path.join(folder, 'advisories.db'));
    await updateAdvisories({ from: path.join(folder, 'feeds'), folder }, advisories, context);
  });
  afterAll(() => {
    advisories?.[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it('count what Debian counts, are spared what Debian fixed, and else stand', async () => {
    await using image = await openImage(`oci-dir://${chain}`, { ref: 'shop-api_1.4.2' }, context);
    const { packages, distro } = await indexImage(image, { cache: createMemoryLayerCache(), context });
    const owners = new Map(packages.map((item) => [item.id, item]));
    const owned = packages.filter(({ ownedBy }) => ownedBy !== undefined);
    expect(owned.map(({ name, ownedBy }) => `${name} ${owners.get(ownedBy ?? '')?.name}`)).toEqual([
      'certifi python3-certifi',
      'chardet python3-chardet',
      'idna python3-idna',
      'jinja2 python3-jinja2',
      'markupsafe python3-markupsafe',
      'pyyaml python3-yaml',
      'requests python3-requests',
      'six python3-six',
      'urllib3 python3-urllib3',
    ]);
    const { matches } = match(packages, distro, advisories);
    const ofOwned = matches.filter(({ packageId }) => owned.some(({ id }) => id === packageId));
    const suppressed = ofOwned.filter((found) => found.suppressed);
    expect(suppressed.map(({ id, suppressed: why }) => `${id} ${why?.by}`).sort()).toEqual([
      'CVE-2023-43804 distro',
      'CVE-2023-45803 distro',
    ]);
    // Looked up by another way: what Debian's records say of the owner's source, record by record.
    for (const found of ofOwned) {
      const owner = owners.get(owned.find(({ id }) => id === found.packageId)?.ownedBy ?? '');
      const [records = []] = advisories.find([{ ecosystem: 'debian:11', name: owner?.origin?.name ?? owner?.name ?? '' }]);
      const same = records.filter(({ id, advisory }) =>
        [found.id, ...found.aliases].some((name) => name === id || advisory.aliases.includes(name)),
      );
      const fixes = same.flatMap(({ affected }) => affected.ranges.flatMap(({ fixed }) => (fixed === undefined ? [] : [fixed])));
      const isFixed = fixes.some((fixed) => compareVersions('deb', owner?.version ?? '', fixed) >= 0);
      expect([found.id, found.suppressed !== undefined]).toEqual([found.id, isFixed]);
    }
  });

  it('are explained as they are matched, by any id, and nothing else is', async () => {
    await using image = await openImage(`oci-dir://${chain}`, { ref: 'shop-api_1.4.2' }, context);
    const inventory = await indexImage(image, { cache: createMemoryLayerCache(), context });
    const { matches } = match(inventory.packages, inventory.distro, advisories);
    const python = inventory.packages.filter(({ type, name }) => type === 'pypi' || name.startsWith('python3-'));
    const verdictOf = (item: string, id: string) =>
      explain(inventory, { package: item, id }, { advisories, now: new Date(0) }).packages.map(({ verdict }) => verdict);
    let asked = 0;
    for (const found of matches) {
      for (const id of [found.id, ...found.aliases]) {
        expect([id, found.packageId, verdictOf(found.packageId, id)]).toEqual([
          id,
          found.packageId,
          [found.suppressed ? 'suppressed' : 'affected'],
        ]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(50);
    const ofPython = matches.filter(({ packageId }) => python.some(({ id }) => id === packageId));
    for (const { id } of python) {
      for (const other of ofPython.filter((one) => one.packageId !== id)) {
        const has = matches.find((one) => one.packageId === id && [one.id, ...one.aliases].includes(other.id));
        const expected = has ? (has.suppressed ? 'suppressed' : 'affected') : 'not-affected';
        expect([id, other.id, verdictOf(id, other.id)]).toEqual([id, other.id, [expected]]);
      }
    }
  });
});
