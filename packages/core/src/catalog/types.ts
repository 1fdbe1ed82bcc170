import type { Distro, Origin, PackageType } from '@plimsoll/model';
import type { EntryKind } from '../tar/types.ts';

/** A file of a layer, as a cataloger may ask about it before it is read. */
export interface CandidateFile {
  /** Normalised: no leading slash, no `.` or `..` parts. */
  readonly path: string;
  readonly kind: EntryKind;
  readonly size: number;
}

/** A claimed file with its bytes, never larger than the cataloger's `maxBytes`. */
export interface ClaimedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A package as one file tells it; distro and layer are added later. */
export interface PackageDraft {
  readonly type: PackageType;
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  readonly origin?: Origin;
  readonly licenses: readonly string[];
}

/** What a cataloger says of one file. */
export type Finding =
  | { readonly kind: 'package'; readonly draft: PackageDraft }
  /** The named OS package (`name` or `name:architecture`, type of the cataloger) owns these paths. */
  | { readonly kind: 'owns'; readonly package: string; readonly paths: readonly string[] }
  | { readonly kind: 'distro'; readonly distro: Distro };

/**
 * One package ecosystem. Sees one file at a time and nothing of layers: so its findings depend on the layer's bytes alone and can be
 * cached by diffID.
 */
export interface Cataloger {
  readonly id: string;
  /** Goes up whenever output may change; part of the cache key. */
  readonly version: number;
  /** Files larger than this are left out and said in the coverage. */
  readonly maxBytes: number;
  /** String comparison only, no regular expression: it runs for each file of each layer. */
  claims(path: string, file: CandidateFile): boolean;
  /** Pure. Throws on a file it cannot read; the driver makes that a diagnostic. */
  catalog(file: ClaimedFile): Iterable<Finding>;
}
