import { type HiddenPackage, type Inventory, isOsPackageType, type Package } from '@plimsoll/model';

/** Packages of an image by whose they are: the base's, or those of the layers above it. */
export interface SplitPackages {
  /** The base brought them and nothing above touched them. */
  readonly inherited: readonly Package[];
  /** The base had another version; a layer above put this one in its place, or took it away and brought it back. */
  readonly changed: readonly Package[];
  /** Only layers above the base brought them. */
  readonly added: readonly Package[];
  /** The base brought them, and a layer above took them away for good. */
  readonly removed: readonly HiddenPackage[];
}

/**
 * Splits an image's packages at the end of a base. `last` is the index of the base's last layer.
 * Layers 0-2 base, 3-5 mine: openssl of layer 1 is inherited; upgraded in layer 4, it is changed; curl of layer 3 is added.
 */
export function splitPackages({ packages, hidden }: Inventory, last: number): SplitPackages {
  const split = { inherited: [] as Package[], changed: [] as Package[], added: [] as Package[] };
  for (const found of packages) split[kindOf(found, last)].push(found);
  const present = new Set(packages.map(placeOf));
  const removed = hidden.filter(
    (past) => past.introducedIn <= last && past.hiddenBy > last && past.replacedBy === undefined && !present.has(placeOf(past)),
  );
  return { ...split, removed };
}

function kindOf({ introducedIn, life }: Package, last: number): 'inherited' | 'changed' | 'added' {
  if (introducedIn <= last) return 'inherited';
  const before = life.findLast(({ layer }) => layer <= last);
  return before !== undefined && before.kind !== 'removed' ? 'changed' : 'added';
}

/** OS packages are told apart by name, language packages by where they stand too. */
export function placeOf(found: Pick<Package, 'type' | 'name' | 'evidence'> & { readonly architecture?: string | undefined }): string {
  const { type, name, architecture, evidence } = found;
  return isOsPackage(found) ? `${type} ${name} ${architecture ?? ''}` : `${type} ${name} ${folderOf(evidence[0]?.path ?? '')}`;
}

/** Whether a package manager of the distribution installs it: then a rebuild resolves it anew. */
export function isOsPackage({ type }: Pick<Package, 'type'>): boolean {
  return isOsPackageType(type);
}

/** The folder a language package stands in; a wheel's metadata folder carries its version, so the folder around that. */
function folderOf(path: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return /\.(?:dist|egg)-info$/.test(folder) ? folder.slice(0, Math.max(0, folder.lastIndexOf('/'))) : folder;
}
