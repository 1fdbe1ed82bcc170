import { type Distro, type Match, type MatchStatus, type PackageType, type SeverityOpinion, severityRank } from '@plimsoll/model';
import type { AdvisoryKey, AdvisoryLookup } from '../advisory/types.ts';
import { compareVersions } from '../version/compare.ts';
import { type Decided, type Folded, foldRecords } from './fold.ts';
import { suppressOwned } from './ownership.ts';
import { matchers } from './registry.ts';
import { judgeSeverity } from './severity.ts';
import { ecosystemOf } from './shared/ecosystem.ts';
import type { Matcher, Subject } from './types.ts';

/** What matching found, and what it could not look at. */
export interface MatchResult {
  /** Worst first. */
  readonly matches: readonly Match[];
  /** Sentences: "no advisories are loaded for debian 11". */
  readonly gaps: readonly string[];
  /** Package types that no advisories cover here: their silence means nothing. */
  readonly uncovered: ReadonlySet<PackageType>;
}

/**
 * Matches packages with advisories: wants -> keys -> one batched look-up -> decide -> fold. One match for each package and vulnerability,
 * however many records speak of it; what the distribution answers for is suppressed. Pure but for the look-up.
 */
export function match(subjects: readonly Subject[], distro: Distro | undefined, lookup: AdvisoryLookup): MatchResult {
  const wanted = subjects.flatMap((subject) => {
    const matcher: Matcher | undefined = matchers.find((candidate) => candidate.wants(subject, distro));
    return matcher ? [{ subject, matcher, keys: matcher.keys(subject, distro) }] : [];
  });
  const answers = lookup.find(wanted.flatMap(({ keys }): readonly AdvisoryKey[] => keys));
  let next = 0;
  const owners = new Map<string, readonly Decided[]>(subjects.flatMap(({ ownedBy }) => (ownedBy === undefined ? [] : [[ownedBy, []]])));
  const looked = wanted.map((want) => ({ ...want, records: want.keys.flatMap(() => answers[next++] ?? []) }));
  const drafts = looked.flatMap(({ subject, matcher, keys, records }) => {
    const decided = records.map((found) => ({ found, decision: matcher.decide(subject, found) }));
    if (owners.has(subject.id)) owners.set(subject.id, decided);
    return foldRecords(decided).map((vulnerability) => ({ subject, matcher, vulnerability, key: keys[0] as AdvisoryKey }));
  });
  const ids = [...new Set(drafts.flatMap(({ vulnerability: { id, aliases } }) => [id, ...aliases]))];
  const known = { kev: lookup.kev(ids), epss: lookup.epss(ids), others: lookup.byIds(ids) };
  const matches = drafts.map((draft) => toMatch(draft, known)).sort(byWeight);
  const { gaps, uncovered } = findGaps(subjects, distro, lookup);
  const strangers = looked.flatMap(({ subject, records }) => (subject.type === 'generic' && records.length === 0 ? [subject.name] : []));
  return {
    matches: suppressOwned(matches, subjects, owners),
    gaps: uncovered.has('generic') ? gaps : [...gaps, ...gapOf(strangers)],
    uncovered,
  };
}

interface Draft {
  readonly subject: Subject;
  readonly matcher: Matcher;
  readonly key: AdvisoryKey;
  readonly vulnerability: Folded;
}

interface Known {
  readonly kev: ReturnType<AdvisoryLookup['kev']>;
  readonly epss: ReturnType<AdvisoryLookup['epss']>;
  readonly others: ReturnType<AdvisoryLookup['byIds']>;
}

function toMatch({ subject, matcher, key, vulnerability }: Draft, known: Known): Match {
  const { id, aliases, records } = vulnerability;
  const [{ found, decision }] = records;
  const names = [id, ...aliases];
  const own = records.map((record) => record.found.advisory);
  const others = names
    .flatMap((name) => known.others.get(name) ?? [])
    .sort((a, b) => standingOf(a.source) - standingOf(b.source))
    .map(({ advisory }) => advisory);
  const texts = [...own, ...others];
  const opinions: readonly SeverityOpinion[] = texts.flatMap((advisory) => advisory.opinions);
  const fixedIn = fixOf(records);
  const kev = names.map((name) => known.kev.get(name)).find((entry) => entry !== undefined);
  const epss = names.map((name) => known.epss.get(name)).find((entry) => entry !== undefined);
  const summary = firstOf(texts.map((advisory) => advisory.summary));
  const description = firstOf(texts.map((advisory) => advisory.description));
  const published = firstOf(texts.map((advisory) => advisory.published));
  return {
    id,
    aliases: [...new Set([...aliases, ...texts.map((advisory) => advisory.id)])].filter((alias) => alias !== id).sort(),
    package: subject.purl,
    packageId: subject.id,
    ...judgeSeverity(found, opinions),
    ...(epss && { epss }),
    ...(kev && { kev }),
    cwes: [...new Set(texts.flatMap(({ cwes }) => cwes))].sort(),
    ...(summary && { summary }),
    ...(description && { description }),
    references: [...new Set(texts.flatMap(({ references }) => references))],
    ...(published && { published }),
    ...(fixedIn !== undefined && { fixedIn }),
    status: statusOf(found.affected.status),
    introducedIn: subject.introducedIn,
    source: found.source,
    advisoryId: found.id,
    how: {
      matcher: matcher.id,
      searchedBy: { ecosystem: key.ecosystem, name: key.name, version: decision.version },
      range: decision.range,
      scheme: found.affected.scheme,
    },
  };
}

/** Who speaks of every vulnerability and knows no package is heard after all who do. */
function standingOf(source: string): number {
  return ['nvd', 'vulnrichment'].indexOf(source);
}

/**
 * The version that fixes it: the deciding record's. Where several announcements of one source name the vulnerability, each fixes a part of
 * it, so the newest of them does.
 */
function fixOf(records: Folded['records']): string | undefined {
  const [{ found: deciding }] = records;
  const own = records.filter(({ found }) => found.source === deciding.source && found.id === deciding.id);
  const fixes = own.flatMap(({ decision: { fixedIn } }) => fixedIn ?? []).sort((a, b) => compareVersions(deciding.affected.scheme, b, a));
  return fixes[0] ?? records.map(({ decision }) => decision.fixedIn).find((version) => version !== undefined);
}

function statusOf(status: Folded['records'][0]['found']['affected']['status']): MatchStatus {
  return status === 'not-affected' ? 'affected' : status;
}

function firstOf(texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined);
}

function byWeight(a: Match, b: Match): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    Number(b.kev !== undefined) - Number(a.kev !== undefined) ||
    (b.epss?.score ?? 0) - (a.epss?.score ?? 0) ||
    compareText(a.id, b.id) ||
    compareText(a.packageId, b.packageId)
  );
}

/** Ecosystems that have packages here and no data. */
function findGaps(
  subjects: readonly Subject[],
  distro: Distro | undefined,
  lookup: AdvisoryLookup,
): Pick<MatchResult, 'gaps' | 'uncovered'> {
  const gaps = new Map<PackageType, string>();
  for (const type of [...new Set(subjects.map((subject) => subject.type))].sort()) {
    const ecosystem = ecosystemOf(type, distro);
    if (ecosystem === undefined) gaps.set(type, `no advisories are known for ${distro?.name ?? 'a distribution that is not named'}`);
    else if (!lookup.covers(ecosystem)) gaps.set(type, `no advisories are loaded for ${ecosystem.replace(':', ' ')}`);
  }
  return { gaps: [...new Set(gaps.values())], uncovered: new Set(gaps.keys()) };
}

/** A program of which no record speaks at all may well be vulnerable: what is known of programs is known of some only. */
function gapOf(programs: readonly string[]): readonly string[] {
  const names = [...new Set(programs)].sort();
  return names.length > 0 ? [`no advisories are known of ${names.join(', ')}`] : [];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
