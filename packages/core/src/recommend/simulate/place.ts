import type { Distro, Inventory, Package } from '@plimsoll/model';
import { compareVersions, schemeOf } from '../../version/compare.ts';
import { isOsPackage, placeOf, type SplitPackages } from './split.ts';

/** The packages an image would have on another base. */
export interface PlacedPackages {
  /** From the other base, as they are there. */
  readonly base: readonly Package[];
  /** Of the image's own layers, as they are now. */
  readonly own: readonly Package[];
  /** Of the image's own layers, installed anew by a package manager: which version comes is not known, so these are an estimate. */
  readonly anew: readonly Package[];
  /** Of the image's own layers, and of a package manager that the other base has not. */
  readonly homeless: readonly Package[];
}

/**
 * Puts the packages of an image's own layers on another base, as a rebuild would.
 *
 * OS packages: what the layers above installed and the base has, is the base's; what it has not, is installed anew. What they upgraded
 * is the newer of the two versions. What they removed is removed. Language packages come with the layers' own files and stay as they are.
 */
export function placePackages(split: SplitPackages, now: Distro | undefined, candidate: Inventory): PlacedPackages {
  const removed = new Set(split.removed.map(placeOf));
  const places = new Map(candidate.packages.map((found) => [placeOf(found), found]));
  const sources = new Map(candidate.packages.flatMap((found) => (isOsPackage(found) ? [[sourceOf(found), found] as const] : [])));
  const isSameRelease = now !== undefined && now.id === candidate.distro?.id && now.version === candidate.distro.version;
  const taken = new Set<string>(removed);
  const own: Package[] = [];
  const anew: Package[] = [];
  const homeless: Package[] = [];

  for (const found of [...split.changed, ...split.added]) {
    const place = placeOf(found);
    if (!isOsPackage(found)) {
      own.push(found);
      taken.add(place);
      continue;
    }
    const there = places.get(place);
    if (there) {
      if (!isSameRelease || !isNewer(found, there)) continue;
      taken.add(place);
      anew.push(found);
      continue;
    }
    if (now?.id !== candidate.distro?.id) homeless.push(found);
    else anew.push(atVersionOf(found, sources.get(sourceOf(found))));
  }
  return { base: candidate.packages.filter((found) => !taken.has(placeOf(found))), own, anew, homeless };
}

function isNewer(a: Package, b: Package): boolean {
  return compareVersions(schemeOf(a.type), a.version, b.version) === 1;
}

function sourceOf({ type, name, origin }: Package): string {
  return `${type} ${origin?.name ?? name}`;
}

/** Packages of one source are built together: libssl-dev comes in the version of the libssl that is there. */
function atVersionOf(found: Package, sibling: Package | undefined): Package {
  const version = sibling?.origin?.version ?? sibling?.version;
  if (version === undefined || version === found.version || !found.origin || found.origin.version !== found.version) return found;
  return { ...found, version, origin: { ...found.origin, version } };
}
