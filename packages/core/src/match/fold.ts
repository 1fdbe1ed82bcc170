import type { FoundAdvisory } from '../advisory/types.ts';
import type { Decision } from './types.ts';

/** A record that speaks of a package, and what was decided of it. */
export interface Decided {
  readonly found: FoundAdvisory;
  readonly decision: Decision;
}

/** A record that holds the package's version. */
export interface Affecting {
  readonly found: FoundAdvisory;
  readonly decision: Extract<Decision, { readonly affected: true }>;
}

/** Records of one vulnerability, the one that decides first. */
export interface Folded {
  /** CVE id where there is one. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly records: readonly [Affecting, ...Affecting[]];
}

/** Who is believed first about a package of its own: distributions over others, GitHub's reviewed records over others. */
const PRIORITY = ['debian-tracker', 'alpine-secdb', 'amazon', 'azurelinux', 'chainguard', 'oracle', 'photon', 'redhat', 'wolfi', 'osv'];

/**
 * Folds what several records say into one vulnerability each, by their aliases. What a source says of itself wins: a vulnerability that
 * the first source in order calls fixed or not affected is not taken from a later one.
 *
 * GHSA-a (alias CVE-1) and PYSEC-b (alias CVE-1, GHSA-a) both hold the version: one vulnerability, CVE-1.
 */
export function foldRecords(decided: readonly Decided[]): readonly Folded[] {
  const denied = decided.filter(({ decision }) => !decision.affected);
  const groups: Affecting[][] = [];
  const idsOfGroup: Set<string>[] = [];
  for (const { found, decision } of decided) {
    if (!decision.affected) continue;
    const ids = [found.id, ...found.advisory.aliases];
    if (denied.some((other) => outranks(other, found, ids))) continue;
    const joined = idsOfGroup.flatMap((known, position) => (ids.some((id) => known.has(id)) ? [position] : []));
    const [home] = joined;
    if (home === undefined) {
      groups.push([{ found, decision }]);
      idsOfGroup.push(new Set(ids));
      continue;
    }
    groups[home]?.push({ found, decision });
    for (const id of ids) idsOfGroup[home]?.add(id);
    for (const other of joined.slice(1).reverse()) {
      groups[home]?.push(...(groups.splice(other, 1)[0] ?? []));
      for (const id of idsOfGroup.splice(other, 1)[0] ?? []) idsOfGroup[home]?.add(id);
    }
  }
  return groups.map((records, position) => toFolded(records, idsOfGroup[position] ?? new Set()));
}

/** Whether a decision stands against a record: a statement of the same source, or any decision of a source that is believed before it, about the same vulnerability. */
export function outranks({ found: other, decision }: Decided, found: FoundAdvisory, ids: readonly string[]): boolean {
  if (decision.affected || decision.elsewhere) return false;
  if (other.source === found.source) return decision.statement && ids.includes(other.id);
  // Its aliases are asked last: they are read from the store.
  return rankOf(other) < rankOf(found) && (ids.includes(other.id) || other.advisory.aliases.some((alias) => ids.includes(alias)));
}

function toFolded(records: readonly Affecting[], ids: ReadonlySet<string>): Folded {
  const sorted = records.toSorted((a, b) => rankOf(a.found) - rankOf(b.found) || compareIds(a.found.id, b.found.id));
  const names = [...ids].sort(compareIds);
  const [id = '', ...aliases] = names;
  return { id, aliases: aliases.sort(), records: sorted as unknown as Folded['records'] };
}

function rankOf({ source }: FoundAdvisory): number {
  const rank = PRIORITY.indexOf(source);
  return rank === -1 ? PRIORITY.length : rank;
}

/** CVE ids first, then GitHub's, then others, each by name. */
function compareIds(a: string, b: string): number {
  const kind = (id: string) => (id.startsWith('CVE-') ? 0 : id.startsWith('GHSA-') ? 1 : 2);
  return kind(a) - kind(b) || (a < b ? -1 : a > b ? 1 : 0);
}
