import { type HiddenPackage, type Inventory, isOsPackageType, type LayerReport, type PackageType } from '@plimsoll/model';
import { compareVersions, schemeOf } from '../../version/compare.ts';

type Events = LayerReport['packages'];

/**
 * How many packages each layer added, upgraded, downgraded and removed, by layer index. A package that is still there tells its own
 * life; the life of one that is gone is read off its hidden versions.
 */
export function countEvents(inventory: Inventory): ReadonlyMap<number, Events> {
  const counts = new Map<number, { -readonly [Kind in keyof Events]: number }>();
  const note = (layer: number, kind: keyof Events) => {
    const found = counts.get(layer) ?? { added: 0, upgraded: 0, downgraded: 0, removed: 0 };
    found[kind] += 1;
    counts.set(layer, found);
  };
  for (const { life } of inventory.packages) for (const event of life) note(event.layer, event.kind);

  const present = new Set(inventory.packages.map(identity));
  for (const versions of Map.groupBy(inventory.hidden, identity).values()) {
    const [first] = versions;
    if (!first || present.has(identity(first))) continue;
    for (const version of versions) {
      if (!versions.some((other) => replaces(version, other))) note(version.introducedIn, 'added');
      note(version.hiddenBy, endOf(version));
    }
  }
  return counts;
}

/** One package whatever its version: language packages are told apart by where they stand. */
function identity(item: { readonly type: PackageType; readonly name: string; readonly evidence: HiddenPackage['evidence'] }): string {
  const place = isOsPackageType(item.type) ? '' : (item.evidence[0]?.path ?? '');
  return `${item.type} ${item.name} ${place}`;
}

function replaces(version: HiddenPackage, other: HiddenPackage): boolean {
  return other.replacedBy === version.version && other.hiddenBy === version.introducedIn;
}

function endOf({ type, version, replacedBy }: HiddenPackage): keyof Events {
  if (replacedBy === undefined) return 'removed';
  return compareVersions(schemeOf(type), version, replacedBy) === 1 ? 'downgraded' : 'upgraded';
}
