import type { BaseFacts, Distro, SeverityCounts } from '@plimsoll/model';
import type { BaseRecord } from '../base-image/types.ts';

/** What is known of a base that was indexed and that loaded advisories cover. */
export interface KnownBase {
  readonly packages: number;
  readonly distro?: Distro;
  readonly counts: SeverityCounts;
  /** `<vulnerability id> <package name>` of each match. */
  readonly vulnerabilities: ReadonlySet<string>;
}

/** A base image with everything a rule may judge by. */
export interface JudgedBase {
  readonly record: BaseRecord;
  readonly facts: BaseFacts;
  /** Present where the image was indexed. */
  readonly distro?: Distro;
  /** Ids of its vulnerabilities with package names; present where it was indexed and assessed. */
  readonly vulnerabilities?: ReadonlySet<string>;
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
