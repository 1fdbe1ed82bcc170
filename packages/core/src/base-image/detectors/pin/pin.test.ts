import { describe, expect, it } from 'vitest';
import { findHierarchy } from '../../hierarchy.ts';
import { image, indexOf } from '../../shared/image.fixture.ts';

const debian = image('debian:12', ['rootfs', '(CMD)']);
const python = image('python:3.12', ['rootfs', '(CMD)', 'python']);
const mine = image('mine:1', ['rootfs', '(CMD)', 'python', 'app']);
const hierarchy = (pinned: string | undefined) =>
  findHierarchy(mine, indexOf(debian, python), { packages: [], fingerprints: () => [], ...(pinned && { pinned }) });
const names = (links: ReturnType<typeof hierarchy>) => links.map(({ candidates: [name], layers, pinned }) => ({ name, layers, pinned }));

describe('pin', () => {
  it('makes the pinned base the nearest one', () => {
    expect(names(hierarchy('debian:12'))).toEqual([
      { name: 'debian:12', layers: [0, 1], pinned: true },
      { name: 'mine:1', layers: [2, 3], pinned: false },
    ]);
  });

  it('keeps what lies below the pinned base', () => {
    expect(names(hierarchy('python:3.12'))).toEqual([
      { name: 'debian:12', layers: [0, 1], pinned: false },
      { name: 'python:3.12', layers: [2, 2], pinned: true },
      { name: 'mine:1', layers: [3, 3], pinned: false },
    ]);
  });

  it('stands by its name alone where nobody knows it, and nothing else is claimed', () => {
    expect(names(hierarchy('registry.local/own:7'))).toEqual([
      { name: 'registry.local/own:7', layers: [0, -1], pinned: true },
      { name: 'mine:1', layers: [0, 3], pinned: false },
    ]);
  });

  it('is nothing where nobody said anything', () => {
    expect(hierarchy(undefined).some(({ pinned }) => pinned)).toBe(false);
  });
});
