import { countSeverities, type Match, type Package, type PackageEvent, type Report, type SeverityCounts } from '@plimsoll/model';
import type { DetailsSearch } from '../../state/search.ts';
import type { PanelSelection } from '../types.ts';

/** One line of the list. */
export interface PackageRow {
  readonly key: string;
  readonly found: Package;
  readonly counts: SeverityCounts;
  readonly isOpen: boolean;
}

/** The packages that filters and selection leave, by name. */
export function rowsOf(report: Report, selection: PanelSelection, search: DetailsSearch): readonly PackageRow[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const open = new Set(search.open ?? []);
  const matches = Map.groupBy(
    report.matches.filter(({ suppressed }) => !suppressed),
    ({ packageId }): string => packageId,
  );
  return report.inventory.packages
    .filter(({ introducedIn, type, name, version, origin }) => {
      if (!selection.has(introducedIn) || (search.type && !search.type.includes(type))) return false;
      const text = `${name} ${version} ${origin?.name ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .map((found) => toRow(found, matches.get(found.id) ?? [], open.has(found.id)))
    .sort((a, b) => a.found.name.localeCompare(b.found.name, 'en') || (a.key < b.key ? -1 : 1));
}

/** `upgraded from 1.0 to 1.1 in layer 3`. */
export function eventText({ kind, from, to, layer }: PackageEvent): string {
  if (kind === 'added') return `${to} added in layer ${layer}`;
  if (kind === 'removed') return `${from} removed in layer ${layer}`;
  return `${kind} from ${from} to ${to} in layer ${layer}`;
}

function toRow(found: Package, matches: readonly Match[], isOpen: boolean): PackageRow {
  return { key: found.id, found, counts: countSeverities(matches), isOpen };
}
