import { isOsPackageType, type Report, type Severity, severityRank } from '@plimsoll/model';
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { PanelSelection } from '../types.ts';

/** A folder of a layer, or what is left of the layer beside its largest folders. */
export interface Folder {
  readonly layer: number;
  /** Empty for what is left of the layer. */
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  readonly wastedBytes: number;
  /** Worst of a package that lies in it. */
  readonly severity: Severity | undefined;
}

/** Folders that the selected layers ship, largest first. */
export function foldersOf({ inventory, matches }: Report, { has }: PanelSelection): readonly Folder[] {
  const packages = new Map(inventory.packages.map((item) => [item.id, item]));
  const worst = new Map<string, Severity>();
  for (const { packageId, severity, suppressed } of matches) {
    const item = packages.get(packageId);
    if (!item || suppressed || isOsPackageType(item.type)) continue;
    const key = `${item.introducedIn} ${folderOf(item.evidence[0]?.path ?? '')}`;
    const before = worst.get(key);
    if (!before || severityRank(severity) < severityRank(before)) worst.set(key, severity);
  }
  const named = inventory.files.folders.filter(({ layer, path }) => has(layer) && path !== '');
  const rest = inventory.files.layers
    .filter(({ layer }) => has(layer))
    .map((whole) => {
      const parts = named.filter(({ layer }) => layer === whole.layer);
      const left = (of: (part: { readonly files: number; readonly bytes: number; readonly wastedBytes: number }) => number) =>
        Math.max(0, of(whole) - parts.reduce((sum, part) => sum + of(part), 0));
      return {
        layer: whole.layer,
        path: '',
        files: left((part) => part.files),
        bytes: left((part) => part.bytes),
        wastedBytes: left((part) => part.wastedBytes),
      };
    })
    .filter(({ bytes }) => bytes > 0);
  return [...named, ...rest]
    .map((folder) => ({ ...folder, severity: worst.get(`${folder.layer} ${folder.path}`) }))
    .toSorted((a, b) => b.bytes - a.bytes || a.layer - b.layer || (a.path < b.path ? -1 : 1));
}

/** As the inventory counts folders: at most three names deep. */
function folderOf(path: string): string {
  return path.split('/').slice(0, -1).slice(0, 3).join('/');
}

/** A rectangle of the picture, in its own units. */
export interface Tile {
  readonly folder: Folder;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The frame around the folders of one layer. */
export interface LayerFrame {
  readonly layer: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Node {
  readonly layer?: number;
  readonly folder?: Folder;
  readonly children?: readonly Node[];
}

/** Lays folders out, layer by layer; area is bytes. */
export function layOut(
  folders: readonly Folder[],
  size: readonly [number, number],
): { readonly tiles: readonly Tile[]; readonly frames: readonly LayerFrame[] } {
  const layers = Map.groupBy(folders, ({ layer }) => layer);
  const root = hierarchy<Node>(
    { children: [...layers].sort(([a], [b]) => a - b).map(([layer, found]) => ({ layer, children: found.map((folder) => ({ folder })) })) },
    ({ children }) => children,
  ).sum(({ folder }) => folder?.bytes ?? 0);
  const laid = treemap<Node>()
    .size([...size])
    .tile(treemapSquarify)
    .paddingOuter(2)
    .paddingTop(16)
    .paddingInner(1)
    .round(true)(root);
  const rectangle = ({ x0, y0, x1, y1 }: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }) => ({
    x: x0,
    y: y0,
    width: Math.max(0, x1 - x0),
    height: Math.max(0, y1 - y0),
  });
  return {
    // A layer that is too small for its title has no room for folders.
    tiles: laid.leaves().flatMap((leaf) => {
      const { folder } = leaf.data;
      const tile = rectangle(leaf);
      const room = leaf.parent && rectangle(leaf.parent);
      return folder && room && tile.width > 0 && tile.height > 0 && isInside(tile, room) ? [{ folder, ...tile }] : [];
    }),
    frames: (laid.children ?? []).flatMap((child) =>
      child.data.layer === undefined ? [] : [{ layer: child.data.layer, ...rectangle(child) }],
    ),
  };
}

type Rectangle = Omit<LayerFrame, 'layer'>;

function isInside(tile: Rectangle, room: Rectangle): boolean {
  return tile.y >= room.y && tile.x >= room.x && tile.y + tile.height <= room.y + room.height && tile.x + tile.width <= room.x + room.width;
}
