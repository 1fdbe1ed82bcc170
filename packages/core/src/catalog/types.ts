import type { Distro, Origin, PackageType } from '@plimsoll/model';
import type { EntryKind } from '../tar/types.ts';

/** A file of a layer, as a cataloger may ask about it before it is read. */
export interface CandidateFile {
  /** Normalised: no leading slash, no `.` or `..` parts. */
  readonly path: string;
  readonly kind: EntryKind;
  readonly size: number;
  /** There and true where someone may execute it. */
  readonly executable?: true;
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
  /** The label of the module an RPM was installed from: `nodejs:18:8060020230324124021:ad008a3a`. */
  readonly module?: string;
  readonly licenses: readonly string[];
  /** Where in the file, where that is an archive: `BOOT-INF/lib/log4j-core-2.14.1.jar`; archives in archives by `!/`. */
  readonly within?: string;
}

/** What a cataloger says of one file. */
export type Finding =
  | { readonly kind: 'package'; readonly draft: PackageDraft }
  /** The named OS package (`name` or `name:architecture`, type of the cataloger) owns these paths. */
  | { readonly kind: 'owns'; readonly package: string; readonly paths: readonly string[] }
  /** The OS package of this name (type of the cataloger) is under these licences; another file tells of the package itself. */
  | { readonly kind: 'licenses'; readonly package: string; readonly licenses: readonly string[] }
  | { readonly kind: 'distro'; readonly distro: Distro }
  /** The file is a program, and this cataloger cannot tell which. */
  | { readonly kind: 'program' };

/** A finding, and the cataloger that made it. */
export type SignedFinding = Finding & { readonly by: string };

/**
 * One package ecosystem. Sees one file at a time and nothing of layers: so its findings depend on the layer's bytes alone and can be
 * cached by diffID.
 */
export interface Cataloger {
  readonly id: string;
  /** What it finds packages of; empty where it finds other things. */
  readonly types: readonly PackageType[];
  /** Goes up whenever output may change; part of the cache key. */
  readonly version: number;
  /** Files larger than this are left out and said in the coverage. */
  readonly maxBytes: number;
  /** String comparison only, no regular expression: it runs for each file of each layer. */
  claims(path: string, file: CandidateFile): boolean;
  /** Pure. Throws on a file it cannot read; the driver makes that a diagnostic. */
  catalog(file: ClaimedFile): Iterable<Finding>;
}

/** A cataloger of files that may be too large to hold: it sees them as they pass. */
export interface ScanningCataloger extends Omit<Cataloger, 'maxBytes' | 'catalog'> {
  /** One file. Keeps little, whatever the size. */
  scan(file: CandidateFile): FileScan;
}

/** A file that is passing. What either call throws becomes a diagnostic. */
export interface FileScan {
  /** The next piece: valid only during the call. False where no more of the file is wanted. */
  push(chunk: Uint8Array): boolean;
  /** The file is over, or no more was wanted. */
  end(): Iterable<Finding>;
}
