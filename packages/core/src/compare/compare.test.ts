import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { compareReports } from './compare.ts';

const { rich, empty } = standardReports;
const without = (name: string) => ({
  ...rich,
  inventory: { ...rich.inventory, packages: rich.inventory.packages.filter((item) => item.name !== name) },
  matches: rich.matches.filter(({ package: purl }) => !purl.includes(name)),
});

describe('two reports', () => {
  it('of one image and one state of the advisories differ in nothing', () => {
    const { packages, vulnerabilities, difference, config, sharedLayers } = compareReports(rich, rich);
    expect(packages).toMatchObject({ changes: [], added: 0, removed: 0, changed: 0, unchanged: rich.inventory.packages.length });
    expect(vulnerabilities).toMatchObject({ added: [], removed: [] });
    expect(vulnerabilities.unchanged).toBe(rich.matches.filter(({ suppressed }) => !suppressed).length);
    expect(difference).toEqual({ counts: { critical: 0, high: 0, medium: 0, low: 0, unspecified: 0 }, size: 0, packages: 0 });
    expect(config).toEqual([]);
    expect(sharedLayers).toBe(rich.inventory.image.layers.filter(({ diffId }) => diffId).length);
  });

  it('say what came with a package: the image’s doing', () => {
    const { packages, vulnerabilities } = compareReports(without('lodash'), rich);
    expect(packages.changes).toEqual([{ type: 'npm', name: 'lodash', to: '4.17.11', estimated: false }]);
    expect(vulnerabilities.added.length).toBeGreaterThan(0);
    expect(new Set(vulnerabilities.added.map(({ cause }) => cause))).toEqual(new Set(['image']));
    expect(compareReports(rich, without('lodash')).vulnerabilities.removed).toEqual(vulnerabilities.added);
  });

  it('say what came while the package stayed: the advisories’ doing', () => {
    const before = { ...rich, matches: rich.matches.filter(({ package: purl }) => !purl.includes('lodash')) };
    const { packages, vulnerabilities } = compareReports(before, rich);
    expect(packages.changes).toEqual([]);
    expect(new Set(vulnerabilities.added.map(({ cause }) => cause))).toEqual(new Set(['advisories']));
  });

  it('put an upgrade in one line', () => {
    const upgraded = {
      ...rich,
      inventory: {
        ...rich.inventory,
        packages: rich.inventory.packages.map((item) => (item.name === 'lodash' ? { ...item, version: '4.17.21' } : item)),
      },
    };
    expect(compareReports(rich, upgraded).packages).toMatchObject({
      changes: [{ type: 'npm', name: 'lodash', from: '4.17.11', to: '4.17.21' }],
      changed: 1,
      added: 0,
      removed: 0,
    });
  });

  it('of images that share nothing list everything', () => {
    expect(compareReports(empty, rich).packages.added).toBe(rich.inventory.packages.length);
  });
});
