import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { describeSelection, isCovered, ownerOf, selectionOf } from './selection.ts';

const { rich, empty } = standardReports;

describe('selectionOf', () => {
  it('is everything where nothing is chosen', () => {
    expect(selectionOf(rich, {}).layers).toBeUndefined();
    expect(selectionOf(rich, {}).has(99)).toBe(true);
  });

  it('is the layers of a base', () => {
    const [first = 0, last = 0] = rich.hierarchy[1]?.layers ?? [];
    const selection = selectionOf(rich, { base: 1 });
    expect(selection.layers?.[0]).toBe(first);
    expect(selection.layers?.at(-1)).toBe(last);
    expect(selection.has(last + 1)).toBe(false);
  });

  it('prefers layers that are named', () => {
    expect(selectionOf(rich, { base: 1, layers: [9, 2] }).layers).toEqual([2, 9]);
  });

  it('is everything for a base that is not there', () => {
    expect(selectionOf(rich, { base: 77 }).layers).toBeUndefined();
  });
});

describe('describeSelection', () => {
  it('sums what the layers did', () => {
    const layers = rich.layers.map(({ layer }) => layer);
    const added = rich.layers.reduce((sum, { packages }) => sum + packages.added, 0);
    const open = rich.matches.filter(({ suppressed }) => !suppressed).length;
    const text = describeSelection(rich, { layers, has: () => true });
    expect(text).toContain(`${added} packages added`);
    expect(text).toContain(`${open} vulnerabilities added`);
    expect(text).toContain(`${rich.fixedMatches.length} fixed`);
  });
});

it('calls the image by what it is, and its bases by name', () => {
  expect(ownerOf(rich, 0)).toBe(rich.hierarchy[0]?.candidates[0]);
  expect(ownerOf(rich, rich.layers.at(-1)?.layer ?? 0)).toBe('this image');
});

it('takes no zero for safety where nothing is loaded', () => {
  expect(isCovered(rich)).toBe(true);
  expect(isCovered(empty)).toBe(false);
});
