import type { Distro, HiddenPackage, Package } from '@plimsoll/model';
import type { AdvisoryKey, FoundAdvisory } from '../advisory/types.ts';

/** A package to match: one that a container sees, or one that is shipped but hidden. */
export type Subject = Pick<Package, 'id' | 'type' | 'name' | 'version' | 'purl' | 'introducedIn'> &
  Pick<HiddenPackage, 'origin'> &
  Partial<Pick<Package, 'ownedBy'>>;

/** What a matcher decided of one record. */
export type Decision =
  | { readonly affected: true; readonly range: string; readonly fixedIn?: string; readonly version: string }
  /**
   * Why not: for `explain`. `statement` where the source says so itself, not the range; `elsewhere` where the record is of another package
   * than this one, and so says nothing of it.
   */
  | { readonly affected: false; readonly reason: string; readonly statement: boolean; readonly elsewhere?: true };

/** One way of deciding whether a record is about a package. */
export interface Matcher {
  readonly id: string;
  wants(subject: Subject, distro: Distro | undefined): boolean;
  /** Where to look. */
  keys(subject: Subject, distro: Distro | undefined): readonly AdvisoryKey[];
  decide(subject: Subject, found: FoundAdvisory): Decision;
}
