import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { foldersOf, layOut } from './select.ts';

const { rich } = standardReports;
const all = { layers: undefined, has: () => true };
const only = (layer: number) => ({ layers: [layer], has: (other: number) => other === layer });

describe('folders', () => {
  it('hold every byte of their layers, the largest first', () => {
    const folders = foldersOf(rich, all);
    const bytes = folders.reduce((sum, folder) => sum + folder.bytes, 0);
    expect(bytes).toBe(rich.inventory.files.layers.reduce((sum, layer) => sum + layer.bytes, 0));
    expect(folders.map((folder) => folder.bytes)).toEqual(folders.map((folder) => folder.bytes).toSorted((a, b) => b - a));
  });

  it('follow the selection', () => {
    expect(new Set(foldersOf(rich, only(4)).map(({ layer }) => layer))).toEqual(new Set([4]));
  });

  it('have the colour of the worst that lies in them', () => {
    expect(foldersOf(rich, all).find(({ path }) => path === 'app/node_modules/lodash')?.severity).toBe('critical');
    expect(foldersOf(rich, all).find(({ path }) => path === 'usr/lib/x86_64-linux-gnu')?.severity).toBeUndefined();
  });
});

describe('the picture', () => {
  it('has folders inside the frames of their layers, and a frame for every layer', () => {
    const folders = foldersOf(rich, all);
    const { tiles, frames } = layOut(folders, [900, 500]);
    expect(tiles.length).toBeGreaterThan(2);
    expect(frames.map(({ layer }) => layer)).toEqual([0, 2, 4, 5]);
    for (const { folder, x, y, width, height } of tiles) {
      const frame = frames.find(({ layer }) => layer === folder.layer);
      expect(x).toBeGreaterThanOrEqual(frame?.x ?? Number.NaN);
      expect(y + height).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
      expect(x + width).toBeLessThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0));
    }
  });

  it('is empty where there is nothing', () => {
    expect(layOut([], [900, 500])).toEqual({ tiles: [], frames: [] });
  });
});
