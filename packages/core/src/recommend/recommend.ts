import type { BaseAdvice, BaseFacts, Candidate, ImageAdvice, ImageDescription, Recommendations, SeverityCounts } from '@plimsoll/model';
import type { BaseIndex, BaseRecord, HierarchyLink } from '../base-image/types.ts';
import { rules } from './registry.ts';
import type { JudgedBase, Judgement, KnownBase, RecommendationRule } from './types.ts';

type Know = (record: BaseRecord) => KnownBase | undefined;

const MOST = 8;
/** What is worse than this is no advice: an older line without anything for it. */
const TOO_POOR = -3;

/**
 * What could be done about an image: its own tag, and for each base, nearest first, a newer image of the same tag and other tags of the same
 * repository on the same platform. Ranked by the sum of the rules' weights; what a rule blocks is left out. Counts are those of the bases
 * themselves, given only where they are known.
 */
export function recommend(
  image: ImageDescription,
  links: readonly HierarchyLink[],
  index: BaseIndex,
  know: Know,
  now: Date,
): Recommendations {
  const bases = links.filter(({ self }) => !self).toReversed();
  return {
    image: adviseImage(image, links.at(-1)),
    bases: bases.flatMap((link) => (link.record ? [adviseBase(image, link, link.record, index, know, now)] : adviseUnknown(link))),
    plan: [],
    hidden: [],
  };
}

function adviseImage(image: ImageDescription, self: HierarchyLink | undefined): ImageAdvice {
  if (!image.reference) {
    return {
      state: 'unknown',
      reason: `cannot tell: the image came from ${image.source === 'archive' ? 'an archive' : 'a folder'}`,
      commands: [],
    };
  }
  const { latest } = self ?? {};
  if (!latest || self?.outdated === undefined)
    return { state: 'unknown', reason: 'cannot tell: its tag is not in the base index', commands: [] };
  if (!self.outdated) return { state: 'current', reason: 'nothing newer is known under this tag', commands: [] };
  return {
    state: 'outdated',
    reason: 'a newer image is known under this tag',
    latest: { digest: latest.digest, ...(latest.created && { created: latest.created }) },
    commands: [`docker pull ${image.name}`],
  };
}

function adviseBase(image: ImageDescription, link: HierarchyLink, record: BaseRecord, index: BaseIndex, know: Know, now: Date): BaseAdvice {
  const current = toJudged(record, index, know);
  const others = index.byRepository(record.repository, record.platform);
  const newer = link.outdated && link.latestRecord ? [link.latestRecord] : [];
  const refresh = newer
    .flatMap((found) => toCandidate(toJudged(found, index, know), current, image, now, [sameTag]))
    .map(({ candidate }) => candidate);
  const change = [...new Map(others.map((other) => [other.digest, other])).values()]
    .filter(({ digest, tag }) => digest !== record.digest && digest !== link.latestRecord?.digest && tag !== '' && tag !== record.tag)
    .flatMap((other) => toCandidate(toJudged(newestOfTag(other, others), index, know), current, image, now, []))
    .filter(({ weight }) => weight > TOO_POOR)
    .sort((a, b) => b.weight - a.weight || (a.candidate.name < b.candidate.name ? -1 : 1))
    .map(({ candidate }) => candidate);
  return {
    current: current.facts,
    state: link.outdated === undefined ? 'unknown' : link.outdated ? 'outdated' : 'current',
    reason: reasonOf(link),
    refresh,
    change: [...new Map(change.map((candidate) => [candidate.name, candidate])).values()].slice(0, MOST),
  };
}

/** A base that is stated and that the index does not know. */
function adviseUnknown({ candidates: [name = ''], current }: HierarchyLink): readonly BaseAdvice[] {
  if (!current) return [];
  const reason = `cannot tell: ${name} is not in the base index; add its repository with plimsoll bases add`;
  return [{ current: { name, digest: current.digest, aliases: current.aliases }, state: 'unknown', reason, refresh: [], change: [] }];
}

function reasonOf({ outdated, candidates: [name = ''] }: HierarchyLink): string {
  if (outdated === undefined) return `cannot tell: the tag of ${name} is not known`;
  return outdated ? `a newer image of ${name} is known` : `nothing newer than this image of ${name} is known to the base index`;
}

/** A tag that moved has a record for each digest: the newest is the one to move to. */
function newestOfTag(record: BaseRecord, others: readonly BaseRecord[]): BaseRecord {
  return others.find(({ tag }) => tag === record.tag) ?? record;
}

function toJudged(record: BaseRecord, index: BaseIndex, know: Know): JudgedBase {
  const known = know(record);
  const same = index.byDigest(record.digest).filter(({ digest, name }) => digest === record.digest && name !== record.name);
  const facts: BaseFacts = {
    name: record.name,
    ...(record.tag !== '' && { tag: record.tag }),
    digest: record.digest,
    aliases: [...new Set(same.map(({ name }) => name))].sort(),
    ...(record.created && { created: record.created }),
    size: record.size,
    ...(known && { packages: known.packages, counts: known.counts }),
    ...(known?.distro && { os: known.distro.name }),
  };
  return { record, facts, ...(known && { vulnerabilities: known.vulnerabilities }), ...(known?.distro && { distro: known.distro }) };
}

/** Refreshing keeps the tag: said first. */
const sameTag: Judgement = { kind: 'benefit', text: 'Newer image for same tag', weight: 5 };

function toCandidate(
  candidate: JudgedBase,
  current: JudgedBase,
  image: ImageDescription,
  now: Date,
  first: readonly Judgement[],
): readonly { readonly candidate: Candidate; readonly weight: number }[] {
  const judgements = [...first, ...rules.flatMap((rule: RecommendationRule) => rule.judge(candidate, current, now))];
  if (judgements.some(({ kind }) => kind === 'blocker')) return [];
  const benefits = judgements.filter(({ kind }) => kind === 'benefit');
  const disadvantages = judgements.filter(({ kind }) => kind === 'disadvantage');
  const difference = subtract(candidate.facts.counts, current.facts.counts);
  const { name } = candidate.facts;
  return [
    {
      weight: judgements.reduce((sum, { weight }) => sum + weight, 0),
      candidate: {
        ...candidate.facts,
        benefits: benefits.map(({ text }) => text),
        disadvantages: disadvantages.map(({ text }) => text),
        why: strongest(benefits)?.text ?? strongest(disadvantages)?.text ?? 'Another tag of the same repository',
        reasons: [],
        score: 0,
        ...(difference && { difference }),
        dockerfile: `FROM ${name}`,
        pinned: `FROM ${name}@${candidate.facts.digest}`,
        commands: [`docker build --pull -t ${image.reference ? image.name : 'NAME:TAG'} .`],
      },
    },
  ];
}

function strongest(judgements: readonly Judgement[]): Judgement | undefined {
  return judgements.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))[0];
}

function subtract(a: SeverityCounts | undefined, b: SeverityCounts | undefined): SeverityCounts | undefined {
  if (!a || !b) return undefined;
  return {
    critical: a.critical - b.critical,
    high: a.high - b.high,
    medium: a.medium - b.medium,
    low: a.low - b.low,
    unspecified: a.unspecified - b.unspecified,
  };
}
