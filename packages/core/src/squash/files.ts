import type { FileStatistics, FolderStatistics, HiddenFile } from '@plimsoll/model';
import type { TreeNode } from './tree.ts';

const KEPT_HIDDEN = 1000;
const KEPT_FOLDERS = 400;
/** An image has some thousands of folders three names deep; of one that has more, the rest counts as the layer's alone. */
const MOST_FOLDERS = 50_000;
const DEPTH = 3;

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
  const folders = new Map<string, { -readonly [Key in keyof FolderStatistics]: FolderStatistics[Key] }>();
  let files = 0;
  let bytes = 0;

  return {
    put(path: string, { kind, layer, size }: TreeNode): void {
      if (kind !== 'file') return;
      files += 1;
      bytes += size;
      const at = totals.get(layer);
      if (at) {
        at.files += 1;
        at.bytes += size;
      }
      const folder = folderAt(path, layer);
      if (folder) {
        folder.files += 1;
        folder.bytes += size;
      }
    },
    hide(path: string, { kind, layer, size }: TreeNode, hiddenBy: number): void {
      if (kind !== 'file') return;
      files -= 1;
      bytes -= size;
      const from = totals.get(layer);
      if (from) from.wastedBytes += size;
      const folder = folderAt(path, layer);
      if (folder) folder.wastedBytes += size;
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
        folders: [...folders.values()]
          .toSorted((a, b) => b.bytes - a.bytes || a.layer - b.layer || (a.path < b.path ? -1 : 1))
          .slice(0, KEPT_FOLDERS),
        hidden: largest(hidden).map((file) => ({ ...file, deleted: !isThere(file.path) })),
      };
    },
  };

  function folderAt(path: string, layer: number) {
    const name = path
      .split('/', DEPTH + 1)
      .slice(0, -1)
      .slice(0, DEPTH)
      .join('/');
    const key = `${layer} ${name}`;
    const known = folders.get(key);
    if (known || folders.size >= MOST_FOLDERS) return known;
    const folder = { layer, path: name, files: 0, bytes: 0, wastedBytes: 0 };
    folders.set(key, folder);
    return folder;
  }
}

function largest<File extends { readonly path: string; readonly size: number; readonly layer: number }>(files: readonly File[]): File[] {
  return files
    .toSorted((a, b) => b.size - a.size || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.layer - b.layer))
    .slice(0, KEPT_HIDDEN);
}
