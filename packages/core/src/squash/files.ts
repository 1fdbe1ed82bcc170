import type { FileStatistics, HiddenFile } from '@plimsoll/model';
import type { TreeNode } from './tree.ts';

const KEPT_HIDDEN = 1000;

interface LayerTotals {
  files: number;
  bytes: number;
  wastedBytes: number;
  hidesBytes: number;
}

/** Counts files and bytes as the replay goes. */
export function createFileCounter(layers: readonly number[]) {
  const totals = new Map(layers.map((layer): [number, LayerTotals] => [layer, { files: 0, bytes: 0, wastedBytes: 0, hidesBytes: 0 }]));
  let hidden: Omit<HiddenFile, 'deleted'>[] = [];
  let files = 0;
  let bytes = 0;

  return {
    put({ kind, layer, size }: TreeNode): void {
      if (kind !== 'file') return;
      files += 1;
      bytes += size;
      const at = totals.get(layer);
      if (at) {
        at.files += 1;
        at.bytes += size;
      }
    },
    hide(path: string, { kind, layer, size }: TreeNode, hiddenBy: number): void {
      if (kind !== 'file') return;
      files -= 1;
      bytes -= size;
      const from = totals.get(layer);
      if (from) from.wastedBytes += size;
      const by = totals.get(hiddenBy);
      if (by && layer !== hiddenBy) by.hidesBytes += size;
      if (size > 0) hidden.push({ path, size, layer, hiddenBy });
      if (hidden.length > 8 * KEPT_HIDDEN) hidden = largest(hidden);
    },
    /** `isThere` tells whether a path is still there, as another file. */
    statistics(isThere: (path: string) => boolean): FileStatistics {
      return {
        files,
        bytes,
        wastedBytes: [...totals.values()].reduce((sum, { wastedBytes }) => sum + wastedBytes, 0),
        layers: [...totals].map(([layer, counted]) => ({ layer, ...counted })),
        hidden: largest(hidden).map((file) => ({ ...file, deleted: !isThere(file.path) })),
      };
    },
  };
}

function largest<File extends { readonly path: string; readonly size: number; readonly layer: number }>(files: readonly File[]): File[] {
  return files
    .toSorted((a, b) => b.size - a.size || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.layer - b.layer))
    .slice(0, KEPT_HIDDEN);
}
