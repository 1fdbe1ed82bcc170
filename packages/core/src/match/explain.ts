import type { Distro, ExplainedPackage, ExplainedRecord } from '@plimsoll/model';
import type { AdvisoryKey, AdvisoryLookup, FoundAdvisory } from '../advisory/types.ts';
import { rangeText } from '../version/range.ts';
import { type Decided, outranks } from './fold.ts';
import { matchers } from './registry.ts';
import type { Decision, Matcher, Subject } from './types.ts';

/** What was looked up for a package, and what the records of one vulnerability make of it. */
export type Examined = Pick<ExplainedPackage, 'matcher' | 'keys' | 'recordsSearched' | 'records'>;

/** Looks at every record that names a package and is of a vulnerability, by the same matcher that matches it. */
export function examine(subject: Subject, distro: Distro | undefined, lookup: AdvisoryLookup, ids: ReadonlySet<string>): Examined {
  const matcher: Matcher | undefined = matchers.find((candidate) => candidate.wants(subject, distro));
  if (!matcher) return { keys: [], recordsSearched: 0, records: [] };
  const keys: readonly AdvisoryKey[] = matcher.keys(subject, distro);
  const found = lookup.find(keys).flat();
  const decided = found
    .filter((record) => isOf(record, ids))
    .map((record) => ({ found: record, decision: matcher.decide(subject, record) }));
  return {
    matcher: matcher.id,
    keys: keys.map(({ ecosystem, name }) => ({ ecosystem, name, covered: lookup.covers(ecosystem) })),
    recordsSearched: found.length,
    records: decided.map((one) => toRecord(one, { subject, matcher, decided })),
  };
}

/** Every id that a vulnerability goes by in the loaded advisories, the given one too as it is stored; and who knows it. */
export function namesOfVulnerability(
  id: string,
  lookup: Pick<AdvisoryLookup, 'byIds'>,
): { readonly id: string; readonly ids: ReadonlySet<string>; readonly knownBy: readonly string[] } {
  const written = asStored(id);
  const ids = new Set([written]);
  const knownBy = new Set<string>();
  // Records that are of two CVEs would make one vulnerability of them.
  const isOther = (name: string) => name.startsWith('CVE-') && [...ids].some((known) => known.startsWith('CVE-') && known !== name);
  for (let round = 0; round < 2; round += 1) {
    for (const records of lookup.byIds([...ids]).values()) {
      for (const { source, advisory } of records) {
        knownBy.add(source);
        for (const name of [advisory.id, ...advisory.aliases]) if (!isOther(name)) ids.add(name);
      }
    }
  }
  return { id: written, ids, knownBy: [...knownBy].sort() };
}

/** `cve-2024-1` and `ghsa-AAAA-...` as they are stored. */
function asStored(id: string): string {
  if (/^ghsa-/i.test(id)) return `GHSA-${id.slice(5).toLowerCase()}`;
  return /^cve-/i.test(id) ? id.toUpperCase() : id;
}

function isOf({ id, advisory }: FoundAdvisory, ids: ReadonlySet<string>): boolean {
  return ids.has(id) || advisory.aliases.some((alias) => ids.has(alias));
}

interface Examination {
  readonly subject: Subject;
  readonly matcher: Matcher;
  readonly decided: readonly Decided[];
}

function toRecord({ found, decision }: Decided, { subject, matcher, decided }: Examination): ExplainedRecord {
  const { affected, advisory } = found;
  // The matcher itself is asked of each range alone, and of one that holds every version to learn which it compares.
  const decideOn = (change: Partial<FoundAdvisory['affected']>): Decision => {
    const { versions: _, ...bare } = affected;
    return matcher.decide(subject, { ...found, affected: { ...bare, status: 'affected', ...change } });
  };
  const whole = decideOn({ ranges: [...affected.ranges, {}] });
  const names = [found.id, ...advisory.aliases];
  const above = decision.affected ? decided.find((other) => outranks(other, found, names)) : undefined;
  const version = whole.affected ? whole.version : subject.version;
  return {
    source: found.source,
    id: found.id,
    aliases: advisory.aliases,
    ecosystem: affected.ecosystem,
    name: affected.name,
    status: affected.status,
    version,
    scheme: subject.type === 'generic' ? 'generic' : affected.scheme,
    ranges: affected.ranges.map((range) => ({ range: rangeText(range), holds: decideOn({ ranges: [range] }).affected })),
    ...(affected.versions && { enumerated: { count: affected.versions.length, holds: affected.versions.includes(version) } }),
    affects: decision.affected,
    reason: decision.affected ? `${decision.version} lies in ${decision.range}` : decision.reason,
    ...(above && { outrankedBy: { source: above.found.source, id: above.found.id } }),
  };
}
