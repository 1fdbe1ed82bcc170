import type { LayerEntry } from '../layer/types.ts';
import { resolveLink } from '../util/path.ts';

/** A path that a container would see, as the layers replayed so far leave it. */
export interface TreeNode {
  kind: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  /** Index of the layer that holds it; -1 for a folder that no layer names. */
  layer: number;
  size: number;
  link?: string;
  children?: Map<string, TreeNode>;
}

/** Told what the replay does to paths. */
export interface TreeListener {
  /** `path` is there now, put by `layer`. */
  put(path: string, node: TreeNode): void;
  /** What was at `path` is hidden by `layer`. */
  hide(path: string, node: TreeNode, layer: number): void;
}

/** As many links as Linux follows. */
const MAX_LINKS = 40;

/**
 * Replays layers, one after another, on one tree: memory grows with entries, not with entries x layers.
 * Whiteouts of a layer act on lower layers alone, so they come first wherever they stand in the tar; a change of type hides what was below.
 */
export function createTree(listener: TreeListener) {
  const root: TreeNode = { kind: 'directory', layer: -1, size: 0 };

  return {
    /** Applies one layer. Returns where each entry of the tar came to lie, links of parent folders followed. */
    apply(layer: number, entries: readonly LayerEntry[]): ReadonlyMap<string, string> {
      const places = new Map<string, string>();
      for (const entry of entries) {
        if (entry.kind === 'whiteout') remove(entry.path, layer);
        else if (entry.kind === 'opaque') empty(entry.path, layer);
      }
      for (const entry of entries) {
        if (entry.kind === 'whiteout' || entry.kind === 'opaque' || entry.path === '') continue;
        const place = add(entry, layer);
        if (place !== entry.path) places.set(entry.path, place);
      }
      return places;
    },
    /** What is at a path, no link followed. */
    at(path: string): TreeNode | undefined {
      let node: TreeNode | undefined = root;
      for (const name of path.split('/')) node = node?.children?.get(name);
      return node;
    },
  };

  function add(entry: LayerEntry, layer: number): string {
    const { folder, parts } = openFolder(entry.path, layer);
    const name = parts.at(-1) as string;
    const path = parts.join('/');
    const old = folder.children?.get(name);
    if (old && old.kind === 'directory' && entry.kind === 'directory') {
      old.layer = layer;
      return path;
    }
    if (old) hide(path, old, layer);
    const node: TreeNode = {
      kind: entry.kind as TreeNode['kind'],
      layer,
      size: entry.size,
      ...(entry.link !== undefined && { link: entry.link }),
    };
    folder.children ??= new Map();
    folder.children.set(name, node);
    listener.put(path, node);
    return path;
  }

  /** The folder that holds a path, made where it is not there; links on the way are followed as an engine does when it unpacks. */
  function openFolder(path: string, layer: number): { readonly folder: TreeNode; readonly parts: readonly string[] } {
    let parts = path.split('/');
    let node = root;
    let hops = 0;
    for (let depth = 0; depth < parts.length - 1; depth += 1) {
      const name = parts[depth] as string;
      let next = node.children?.get(name);
      if (next?.kind === 'symlink' && hops < MAX_LINKS) {
        hops += 1;
        const target = resolveLink(parts.slice(0, depth + 1).join('/'), next.link ?? '');
        parts = [...(target === '' ? [] : target.split('/')), ...parts.slice(depth + 1)];
        node = root;
        depth = -1;
        continue;
      }
      if (next && next.kind !== 'directory') {
        hide(parts.slice(0, depth + 1).join('/'), next, layer);
        next = undefined;
      }
      if (!next) {
        next = { kind: 'directory', layer: -1, size: 0 };
        node.children ??= new Map();
        node.children.set(name, next);
      }
      node = next;
    }
    return { folder: node, parts };
  }

  function find(
    path: string,
  ): { readonly parent: TreeNode; readonly name: string; readonly node: TreeNode; readonly path: string } | undefined {
    let parts = path.split('/');
    let parent = root;
    let hops = 0;
    for (let depth = 0; depth < parts.length; depth += 1) {
      const name = parts[depth] as string;
      const node = parent.children?.get(name);
      if (!node) return undefined;
      if (depth === parts.length - 1) return { parent, name, node, path: parts.join('/') };
      if (node.kind === 'symlink' && hops < MAX_LINKS) {
        hops += 1;
        const target = resolveLink(parts.slice(0, depth + 1).join('/'), node.link ?? '');
        parts = [...(target === '' ? [] : target.split('/')), ...parts.slice(depth + 1)];
        parent = root;
        depth = -1;
        continue;
      }
      parent = node;
    }
    return undefined;
  }

  function remove(path: string, layer: number): void {
    const found = path === '' ? undefined : find(path);
    if (!found) return;
    hide(found.path, found.node, layer);
    found.parent.children?.delete(found.name);
  }

  function empty(path: string, layer: number): void {
    const node = path === '' ? root : find(path)?.node;
    const place = path === '' ? '' : (find(path)?.path ?? path);
    for (const [name, child] of node?.children ?? []) hide(place === '' ? name : `${place}/${name}`, child, layer);
    node?.children?.clear();
  }

  function hide(path: string, node: TreeNode, layer: number): void {
    const open: [string, TreeNode][] = [[path, node]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [at, hidden] = next;
      if (hidden.layer !== -1) listener.hide(at, hidden, layer);
      for (const [name, child] of hidden.children ?? []) open.push([`${at}/${name}`, child]);
    }
  }
}
