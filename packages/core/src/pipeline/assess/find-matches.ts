import { countSeverities, type FixedMatch, type Inventory, type Match, type PackageType, type SeverityCounts } from '@plimsoll/model';
import type { AdvisoryLookup } from '../../advisory/types.ts';
import type { Excepting } from '../../exception/apply.ts';
import { match } from '../../match/match.ts';

/** Every match of an inventory, by what became of its package. */
export interface Matches {
  /** Of packages a container sees. */
  readonly visible: readonly Match[];
  /** Of packages that are shipped but hidden. */
  readonly hidden: readonly Match[];
  /** What layers took away. */
  readonly fixed: readonly FixedMatch[];
  readonly gaps: readonly string[];
  /** Package types that no advisories cover here. */
  readonly uncovered: ReadonlySet<PackageType>;
}

/** Matches visible and hidden packages, less what is excepted. */
export function findMatches(inventory: Inventory, advisories: AdvisoryLookup, excepting: Excepting): Matches {
  const { packages, hidden, distro } = inventory;
  const visible = match(packages, distro, advisories);
  const shipped = match(hidden, distro, advisories);
  const judged = excepting.apply(visible.matches, packages).matches;
  const judgedHidden = excepting.apply(shipped.matches, hidden).matches;
  return {
    visible: judged,
    hidden: judgedHidden,
    fixed: findFixed(inventory, judged, judgedHidden),
    gaps: visible.gaps,
    uncovered: visible.uncovered,
  };
}

/** Whether a match counts: it is not suppressed. */
export function isCounted({ suppressed }: Match): boolean {
  return suppressed === undefined;
}

/** Counts of the matches that are not suppressed. */
export function countMatches(matches: readonly Match[]): SeverityCounts {
  return countSeverities(matches.filter(isCounted));
}

/**
 * A layer fixes what the version it replaced or removed had and the version it put there has not.
 * openssl 1 (CVE-A, CVE-B) in layer 0, openssl 2 (CVE-B) in layer 3: layer 3 fixes CVE-A.
 */
function findFixed(inventory: Inventory, visible: readonly Match[], shipped: readonly Match[]): readonly FixedMatch[] {
  const versionOf = new Map([...inventory.packages, ...inventory.hidden].map((item) => [item.id, item]));
  const known = new Set<string>();
  for (const found of [...visible, ...shipped]) {
    const item = versionOf.get(found.packageId);
    if (item) known.add(`${item.type} ${item.name} ${item.version} ${found.id}`);
  }
  const hidden = new Map(inventory.hidden.map((item) => [item.id, item]));
  const fixed: FixedMatch[] = [];
  for (const found of shipped) {
    const item = hidden.get(found.packageId);
    if (!item || found.suppressed) continue;
    if (item.replacedBy !== undefined && known.has(`${item.type} ${item.name} ${item.replacedBy} ${found.id}`)) continue;
    fixed.push({ id: found.id, severity: found.severity, package: found.package, packageId: found.packageId, layer: item.hiddenBy });
  }
  return fixed;
}
