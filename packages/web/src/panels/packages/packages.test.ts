import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { eventText, rowsOf } from './select.ts';

const { rich } = standardReports;
const all = { layers: undefined, has: () => true };

describe('rowsOf', () => {
  it('has each package once, by name', () => {
    const names = rowsOf(rich, all, {}).map(({ found }) => found.name);
    expect(names).toHaveLength(rich.inventory.packages.length);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
  });

  it('counts what is not suppressed', () => {
    const counted = rowsOf(rich, all, {}).reduce((sum, { counts }) => sum + Object.values(counts).reduce((a, b) => a + b, 0), 0);
    expect(counted).toBe(rich.matches.filter(({ suppressed }) => !suppressed).length);
  });

  it('follows layers, type and text', () => {
    const [some] = rich.inventory.packages;
    const search = { q: some?.name ?? '', type: [some?.type ?? ''] };
    const rows = rowsOf(rich, { layers: [some?.introducedIn ?? 0], has: (layer: number) => layer === some?.introducedIn }, search);
    expect(rows.map(({ key }) => key)).toContain(some?.id);
    expect(rowsOf(rich, { layers: [], has: () => false }, {})).toEqual([]);
  });
});

describe('eventText', () => {
  it.each([
    [{ layer: 0, kind: 'added', to: '1' }, '1 added in layer 0'],
    [{ layer: 3, kind: 'upgraded', from: '1', to: '2' }, 'upgraded from 1 to 2 in layer 3'],
    [{ layer: 4, kind: 'downgraded', from: '2', to: '1' }, 'downgraded from 2 to 1 in layer 4'],
    [{ layer: 5, kind: 'removed', from: '1' }, '1 removed in layer 5'],
  ] as const)('says %j', (event, text) => {
    expect(eventText(event)).toBe(text);
  });
});
