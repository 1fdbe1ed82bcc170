import { type BaseAdvice, type Candidate, type Inventory, type Match, subtractCounts } from '@plimsoll/model';
import type { BaseRecord, HierarchyLink } from '../base-image/types.ts';
import { gatherFacts } from './facts.ts';
import { isAllowed } from './policy.ts';
import { rules } from './registry.ts';
import { parseTag, shapeDistance } from './shared/tag.ts';
import { type Simulated, simulate } from './simulate/simulate.ts';
import type { JudgedBase, Judgement, RecommendationRule, RecommendInput } from './types.ts';

/** More than this many are no help. */
const MOST = 8;
/** What is worse than this is no advice: an older line without anything for it. */
const TOO_POOR = -3;

/** A candidate with what the plan needs of it. */
export interface WeighedCandidate {
  readonly candidate: Candidate;
  readonly simulated?: Simulated;
}

/** Advice on one base, and its candidates as the plan weighs them. */
export interface WeighedAdvice {
  readonly advice: BaseAdvice;
  readonly refresh: readonly WeighedCandidate[];
  readonly change: readonly WeighedCandidate[];
}

/** A newer image of the same tag, and other tags of the same repository on the same platform, best first. */
export function adviseBase(link: HierarchyLink, record: BaseRecord, input: RecommendInput): WeighedAdvice {
  const { index, policy, now } = input;
  const { known, ...current } = gatherFacts(record, input);
  const weigh = (found: BaseRecord, first: readonly Judgement[]) => weighCandidate(found, current, link, input, first);
  const newer = link.outdated && link.latestRecord ? [link.latestRecord] : [];
  const refresh = newer.flatMap((found) => weigh(found, [sameTag]));
  const others = index.byRepository(record.repository, record.platform);
  const change = nearestNames(others, record)
    .filter(({ digest }) => digest !== record.digest && digest !== link.latestRecord?.digest)
    .filter((found) => isAllowed(found, policy, now))
    .flatMap((found) => weigh(found, []))
    .filter(({ candidate: { score } }) => score > TOO_POOR)
    .sort((a, b) => b.candidate.score - a.candidate.score || (a.candidate.name < b.candidate.name ? -1 : 1))
    .slice(0, MOST);
  return {
    advice: {
      current: current.facts,
      state: link.outdated === undefined ? 'unknown' : link.outdated ? 'outdated' : 'current',
      reason: reasonOf(link),
      refresh: refresh.map(({ candidate }) => candidate),
      change: change.map(({ candidate }) => candidate),
    },
    refresh,
    change,
  };
}

/** A base that is stated and that the index does not know. */
export function adviseUnknown({ candidates: [name = ''], current }: HierarchyLink): readonly BaseAdvice[] {
  if (!current) return [];
  const reason = `cannot tell: ${name} is not in the base index; add its repository with plimsoll bases add`;
  return [{ current: { name, digest: current.digest, aliases: current.aliases }, state: 'unknown', reason, refresh: [], change: [] }];
}

function reasonOf({ outdated, candidates: [name = ''] }: HierarchyLink): string {
  if (outdated === undefined) return `cannot tell: the tag of ${name} is not known`;
  return outdated ? `a newer image of ${name} is known` : `nothing newer than this image of ${name} is known to the base index`;
}

/**
 * Each tag's newest image once, under the name nearest to the one in use: who wrote `3.12-slim` is offered `3.13-slim`, not
 * `3.13.1-slim-bookworm`, where both are one image.
 */
function nearestNames(others: readonly BaseRecord[], record: BaseRecord): readonly BaseRecord[] {
  const used = parseTag(record.tag);
  const newest = new Map<string, BaseRecord>(); // by tag: the list has the newest first
  for (const other of others) if (other.tag !== '' && other.tag !== record.tag && !newest.has(other.tag)) newest.set(other.tag, other);
  const named = new Map<string, { readonly found: BaseRecord; readonly distance: number }>();
  for (const found of newest.values()) {
    const distance = shapeDistance(parseTag(found.tag), used);
    const before = named.get(found.digest);
    if (!before || distance < before.distance || (distance === before.distance && found.tag < before.found.tag)) {
      named.set(found.digest, { found, distance });
    }
  }
  return [...named.values()].map(({ found }) => found);
}

/** Refreshing keeps the tag: said first. */
const sameTag: Judgement = { kind: 'benefit', text: 'Newer image for same tag', weight: 5 };

function weighCandidate(
  record: BaseRecord,
  current: JudgedBase,
  link: HierarchyLink,
  input: RecommendInput,
  first: readonly Judgement[],
): readonly WeighedCandidate[] {
  const { inventory, matches } = input;
  const { known, ...offered } = gatherFacts(record, input);
  const simulated = known && simulateOn({ inventory, matches, link, current, input }, { name: record.name, ...known });
  const simulation = simulated && summaryOf(simulated);
  const judged: JudgedBase = { ...offered, ...(simulation && { simulation }) };
  const said = [
    ...first.map((judgement) => ({ rule: 'tag', ...judgement })),
    ...rules.flatMap((rule: RecommendationRule) =>
      rule.judge(judged, current, input.now).map((judgement) => ({ rule: rule.id, ...judgement })),
    ),
  ];
  if (said.some(({ kind }) => kind === 'blocker')) return [];
  const reasons = said.flatMap(({ kind, ...rest }) => (kind === 'blocker' ? [] : [{ ...rest, kind, weight: round(rest.weight) }]));
  const { facts } = offered;
  const digest = facts.indexDigest ?? facts.digest;
  // A folder may call python:3.9 by a name without a colon.
  const written = record.tag === '' ? record.repository : `${record.repository}:${record.tag}`;
  const candidate: Candidate = {
    ...facts,
    benefits: reasons.filter(({ kind }) => kind === 'benefit').map(({ text }) => text),
    disadvantages: reasons.filter(({ kind }) => kind === 'disadvantage').map(({ text }) => text),
    why: strongest(reasons)?.text ?? 'Another tag of the same repository',
    reasons,
    score: round(reasons.reduce((sum, { weight }) => sum + weight, 0)),
    ...(facts.counts && current.facts.counts && { difference: subtractCounts(facts.counts, current.facts.counts) }),
    ...(simulation && { predicted: simulation.counts, simulation }),
    dockerfile: `FROM ${written}`,
    pinned: `FROM ${written}@${digest}`,
    commands: [`docker build --pull -t ${inventory.image.reference ? inventory.image.name : 'NAME:TAG'} .`],
  };
  return [{ candidate, ...(simulated && { simulated }) }];
}

function simulateOn(
  now: {
    readonly inventory: Inventory;
    readonly matches: readonly Match[];
    readonly link: HierarchyLink;
    readonly current: JudgedBase;
    readonly input: RecommendInput;
  },
  candidate: Parameters<typeof simulate>[1],
): Simulated | undefined {
  const { inventory, matches, link, current, input } = now;
  const last = link.layers[1];
  if (last < 0 || !link.record) return undefined; // nobody knows which layers are the base's
  return simulate({ inventory, matches, base: { name: current.facts.name, config: link.record.config, last } }, candidate, input.match);
}

function summaryOf({ simulation: { changes: _, from: __, to: ___, ...summary } }: Simulated): Candidate['simulation'] {
  return summary;
}

function strongest(reasons: Candidate['reasons']): Candidate['reasons'][number] | undefined {
  const benefits = reasons.filter(({ kind }) => kind === 'benefit');
  return (benefits.length > 0 ? benefits : reasons).toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))[0];
}

function round(weight: number): number {
  return Math.round(weight * 10) / 10;
}
