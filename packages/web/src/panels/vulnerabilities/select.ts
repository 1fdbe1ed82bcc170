import { countSeverities, type Match, type Package, type Report, type SeverityCounts, severityRank } from '@plimsoll/model';
import type { DetailsSearch, Grouping } from '../../state/search.ts';
import type { PanelSelection } from '../types.ts';

/** Matches under one heading. */
export interface MatchGroup {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly type: string;
  /** Layer of all of them, where it is one. */
  readonly layer: number | undefined;
  readonly counts: SeverityCounts;
  readonly matches: readonly Match[];
}

/** One line of the list. */
export type Row =
  | { readonly kind: 'group'; readonly key: string; readonly group: MatchGroup; readonly isOpen: boolean }
  | { readonly kind: 'match'; readonly key: string; readonly match: Match; readonly showsPackage: boolean; readonly isOpen: boolean }
  | { readonly kind: 'details'; readonly key: string; readonly match: Match };

/** The matches that filters and selection leave. */
export function filterMatches(report: Report, selection: PanelSelection, search: DetailsSearch): readonly Match[] {
  const packages = packagesById(report);
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return report.matches.filter((match) => {
    const found = packages.get(match.packageId);
    if (!selection.has(match.introducedIn)) return false;
    if (search.severity && !search.severity.includes(match.severity)) return false;
    if (search.fixable && match.fixedIn === undefined) return false;
    if (search.exploited && match.kev === undefined) return false;
    if (search.type && !search.type.includes(found?.type ?? '')) return false;
    const text = [match.id, ...match.aliases, found?.name, found?.origin?.name].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Groups in order: worst severity, then count, then name. Suppressed matches stand last in theirs and are not counted. */
export function groupMatches(report: Report, matches: readonly Match[], grouping: Grouping): readonly MatchGroup[] {
  const packages = packagesById(report);
  const groups = Map.groupBy(matches, (match) => keyOf(match, grouping));
  return [...groups].map(([key, found]) => toGroup(key, found, grouping, packages)).sort(byWeight);
}

/** What is drawn: groups, the matches of open ones, the details of open matches. Where nothing was opened yet, the first group is. */
export function rowsOf(groups: readonly MatchGroup[], grouping: Grouping, open: readonly string[] | undefined): readonly Row[] {
  const opened = new Set(open ?? (groups[0] ? [groups[0].key] : []));
  const rows: Row[] = [];
  for (const group of groups) {
    const isOpen = grouping === 'none' || opened.has(group.key);
    if (grouping !== 'none') rows.push({ kind: 'group', key: group.key, group, isOpen });
    if (!isOpen) continue;
    for (const match of group.matches) {
      const key = matchKey(match);
      const isMatchOpen = opened.has(key);
      rows.push({ kind: 'match', key, match, showsPackage: grouping !== 'package', isOpen: isMatchOpen });
      if (isMatchOpen) rows.push({ kind: 'details', key: `${key} details`, match });
    }
  }
  return rows;
}

/** Opens a row, or closes it: the new list of open rows for the address. */
export function toggle(groups: readonly MatchGroup[], open: readonly string[] | undefined, key: string): readonly string[] {
  const opened = open ?? (groups[0] ? [groups[0].key] : []);
  return opened.includes(key) ? opened.filter((other) => other !== key) : [...opened, key];
}

/** Package types that the report has matches of. */
export function typesOf(report: Report): readonly string[] {
  const packages = packagesById(report);
  return [...new Set(report.matches.map(({ packageId }) => packages.get(packageId)?.type ?? ''))].filter(Boolean).sort();
}

/** Packages by id. */
export function packagesById(report: Report): ReadonlyMap<string, Package> {
  const known = cache.get(report) ?? new Map(report.inventory.packages.map((found) => [found.id, found]));
  cache.set(report, known);
  return known;
}

const cache = new WeakMap<Report, ReadonlyMap<string, Package>>();

function keyOf(match: Match, grouping: Grouping): string {
  switch (grouping) {
    case 'package':
      return match.packageId;
    case 'vulnerability':
      return match.id;
    case 'layer':
      return match.introducedIn < 0 ? 'layer not known' : `layer ${match.introducedIn}`;
    default:
      return 'all';
  }
}

function matchKey({ id, packageId }: Match): string {
  return `${id} ${packageId}`;
}

function toGroup(key: string, matches: readonly Match[], grouping: Grouping, packages: ReadonlyMap<string, Package>): MatchGroup {
  const [first] = matches;
  const found = packages.get(first?.packageId ?? '');
  const layers = new Set(matches.map(({ introducedIn }) => introducedIn));
  const count = new Set(matches.map(({ packageId }) => packageId)).size;
  return {
    key,
    title: grouping === 'package' ? (found?.name ?? key) : key,
    detail: grouping === 'package' ? (found?.version ?? '') : `${count} ${count === 1 ? 'package' : 'packages'}`,
    type: grouping === 'package' ? (found?.type ?? '') : '',
    layer: layers.size === 1 && grouping !== 'layer' ? first?.introducedIn : undefined,
    counts: countSeverities(matches.filter(({ suppressed }) => !suppressed)),
    matches: matches.toSorted((a, b) => Number(a.suppressed !== undefined) - Number(b.suppressed !== undefined)),
  };
}

function byWeight(a: MatchGroup, b: MatchGroup): number {
  return worstOf(a) - worstOf(b) || b.matches.length - a.matches.length || a.title.localeCompare(b.title, 'en') || (a.key < b.key ? -1 : 1);
}

function worstOf({ matches }: MatchGroup): number {
  return Math.min(9, ...matches.filter(({ suppressed }) => !suppressed).map(({ severity }) => severityRank(severity)));
}
