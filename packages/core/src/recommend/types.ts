import type { BaseFacts, Distro, Inventory, Match, Package, SeverityCounts, SimulationSummary } from '@plimsoll/model';
import type { BaseIndex, BaseRecord, HierarchyLink } from '../base-image/types.ts';

/** What is known of a base that was indexed and that loaded advisories cover. */
export interface KnownBase {
  readonly inventory: Inventory;
  /** Matches of its packages that count. */
  readonly matches: readonly Match[];
  /** What no advisories cover in it, and not in the image either. */
  readonly gaps: readonly string[];
  readonly counts: SeverityCounts;
  /** `<vulnerability id> <package name>` of each match. */
  readonly vulnerabilities: ReadonlySet<string>;
}

/** Until when a release is supported, as its makers say. */
export interface Lifecycle {
  /** `Debian 11`, `Python 3.9`. */
  readonly product: string;
  /** Day on which support ends: `2026-08-31`. */
  readonly ends: string;
}

/** What a person allows as a base. */
export interface BasePolicy {
  /** Names that are never offered, with `*` for any text: `*alpine*`, `docker.io/*`, `python:3.14*`. */
  readonly forbid?: readonly string[];
  /** Candidates built longer ago than this many days are not offered. */
  readonly maxAgeDays?: number;
}

/** All that advice is made from. Look-ups are handed in: nothing here does input or output. */
export interface RecommendInput {
  readonly inventory: Inventory;
  /** Matches of packages a container sees that count. */
  readonly matches: readonly Match[];
  /** Matches of hidden packages. */
  readonly hiddenMatches: readonly Match[];
  /** Earliest base first, the image itself last. */
  readonly links: readonly HierarchyLink[];
  readonly index: BaseIndex;
  /** Undefined where a base was not indexed, or where nothing covers what it holds. */
  readonly know: (record: BaseRecord) => KnownBase | undefined;
  /** Matches packages as those of a distribution; gives what counts. */
  readonly match: (packages: readonly Package[], distro: Distro | undefined) => readonly Match[];
  /** Until when a product's release is supported; undefined where that is not known. */
  readonly lifecycle: (product: string, version: string) => Lifecycle | undefined;
  /** Why the registry did not tell what the image's tag points to now; undefined where it did or was not asked. */
  readonly untold: string | undefined;
  readonly policy: BasePolicy;
  readonly now: Date;
}

/** A base image with everything a rule may judge by. */
export interface JudgedBase {
  readonly record: BaseRecord;
  readonly facts: BaseFacts;
  /** Present where the image was indexed. */
  readonly distro?: Distro;
  /** Ids of its vulnerabilities with package names; present where it was indexed and assessed. */
  readonly vulnerabilities?: ReadonlySet<string>;
  /** What it would make of the image; present for a candidate that was indexed and assessed. */
  readonly simulation?: SimulationSummary;
}

/** What a rule has to say about a candidate. */
export interface Judgement {
  readonly kind: 'benefit' | 'disadvantage' | 'blocker';
  readonly text: string;
  /** Part of the visible sum that ranks candidates; positive is better. */
  readonly weight: number;
}

/** One consideration. Pure. */
export interface RecommendationRule {
  readonly id: string;
  judge(candidate: JudgedBase, current: JudgedBase, now: Date): readonly Judgement[];
}
