import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { hidden } from './index.tsx';
import { select } from './select.ts';

const { rich } = standardReports;
const all = { layers: undefined, has: () => true };

describe('select', () => {
  it('has everything that is hidden', () => {
    const { packages, files } = select(rich, all, {});
    expect(packages).toHaveLength(rich.inventory.hidden.length);
    expect(files).toHaveLength(rich.inventory.files.hidden.length);
    expect(hidden.count(rich, all)).toBe(packages.length + files.length);
  });

  it('follows the layer that ships, not the one that hides', () => {
    const [some] = rich.inventory.hidden;
    const by = (layer: number | undefined) =>
      select(rich, { layers: [layer ?? 0], has: (other: number) => other === layer }, {}).packages.map(({ found }) => found.id);
    expect(by(some?.introducedIn)).toContain(some?.id);
    expect(by(some?.hiddenBy)).not.toContain(some?.id);
  });

  it('finds by name', () => {
    expect(select(rich, all, { q: 'no such package' })).toEqual({ packages: [], files: [] });
  });
});
