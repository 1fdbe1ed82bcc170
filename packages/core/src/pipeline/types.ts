import type { Digest, Explanation, Inventory, Report, Simulation } from '@plimsoll/model';
import type { AdvisoryLookup, AdvisorySink, UpdateResult } from '../advisory/types.ts';
import type { ExchangeResult } from '../base-image/exchange/exchange.ts';
import type { SyncOptions } from '../base-image/sync/sync-bases.ts';
import type { AddBasesResult, BaseFollowing, BaseIndex, BaseIndexWriter, SyncResult } from '../base-image/types.ts';
import type { Want } from '../image/types.ts';
import type { LayerCache } from '../layer/types.ts';
import type { BasePolicy } from '../recommend/types.ts';
import type { CarriedAdvisories } from '../store/advisory-exchange.ts';
import type { InventoryStore, PinStore } from '../store/types.ts';
import type { Context } from '../util/context.ts';

/** Everything Plimsoll keeps on one machine, and what it does with it. The command line and the server stand on this. */
export interface Workspace extends Disposable {
  readonly advisories: AdvisoryLookup & AdvisorySink;
  readonly bases: BaseIndex & BaseIndexWriter & Pick<BaseFollowing, 'followed'>;
  readonly inventories: InventoryStore;
  readonly pins: PinStore;
  readonly layers: LayerCache;
  /** Opens an image, makes or finds its inventory, keeps it and adds the image to the base index. */
  index(input: string, want: Want, context: Context): Promise<Inventory>;
  /** Matches, hierarchy, advice: cheap, made anew whenever advisories or bases move, cached until they do. `policy` says which bases may be offered. */
  assess(inventory: Inventory, context: Context, policy?: BasePolicy): Report;
  /**
   * Asks the registry an image came from what its tag points to now, and remembers the answer for the advice on this image. An image without a tag
   * of a registry is left alone; what goes wrong is not thrown but becomes the reason why it cannot be told.
   */
  checkTag(digest: Digest, context: Context): Promise<void>;
  /** Keeps which base a person says an image has; without a name takes that back. Throws `IMAGE_NOT_FOUND`. */
  pinBase(digest: Digest, name: string | undefined): void;
  /**
   * Indexes the bases that an image could move to and whose vulnerabilities are not known yet: newer images of each base's tag, and of the
   * nearest base the best `most` others, as long as they are no more than `maxBytes` together, as stored. One that cannot be read becomes a
   * diagnostic, one that is too large is left out. Returns how many were indexed.
   */
  indexCandidates(
    digest: Digest,
    options: { readonly most: number; readonly maxBytes?: number; readonly policy?: BasePolicy },
    context: Context,
  ): Promise<number>;
  /**
   * What another base would make of an image indexed before, in full. Throws `IMAGE_NOT_FOUND` where the image was not indexed here, the base is
   * none of its bases, or the candidate was not indexed.
   */
  simulate(digest: Digest, change: { readonly base: Digest; readonly candidate: Digest }, context: Context): Simulation;
  /**
   * Why packages of an image have a vulnerability or have not: a package by id, purl, name or name of its source; the vulnerability by any id. Nothing is
   * thrown where either is not there: that is an answer.
   */
  explain(inventory: Inventory, question: { readonly package: string; readonly id: string }, context: Context): Explanation;
  /** The report of an image indexed before. Throws `IMAGE_NOT_FOUND`. */
  report(digest: Digest, context: Context): Report;
  /**
   * Fetches the live feeds, or takes a file or folder of documents in their layouts. Sources that fail keep their data.
   * Throws `SOURCE_UNKNOWN`, and `ADVISORY_FORMAT_UNKNOWN` where nothing in `from` is recognised.
   */
  updateAdvisories(
    options: { readonly sources?: readonly string[]; readonly from?: string; readonly sample?: boolean },
    context: Context,
  ): Promise<readonly UpdateResult[]>;
  /**
   * Follows a folder, archive or repository, or without one all that are followed: manifests and configs only, and of a repository only of what
   * its tags point to since. A run that is broken off goes on where it ended.
   */
  syncBases(input: string | undefined, options: SyncOptions, context: Context): Promise<readonly SyncResult[]>;
  /** Writes the advisory database to one file. Throws `OUTPUT_UNWRITABLE`. */
  exportAdvisories(file: string): Promise<CarriedAdvisories>;
  /** Puts such a file in place of all advisories here. Throws `ADVISORY_FORMAT_UNKNOWN`, `LIMIT_EXCEEDED`. */
  importAdvisories(file: string): Promise<CarriedAdvisories>;
  /** Writes the base index to one file. Throws `OUTPUT_UNWRITABLE`. */
  exportBases(file: string, context: Context): Promise<ExchangeResult>;
  /** Merges such a file into the base index. Throws `ARCHIVE_UNREADABLE`. */
  importBases(file: string, context: Context): Promise<ExchangeResult>;
  /** Adds every image of a folder, archive or repository to the base index, as `syncBases` does with one place. */
  addBases(input: string, context: Context): Promise<AddBasesResult>;
}
