import type { Diagnostic, Digest } from '@plimsoll/model';
import type { SignedFinding } from '../catalog/types.ts';
import type { EntryKind } from '../tar/types.ts';

/** One entry of a layer's tar, its whiteout already read off the name. */
export interface LayerEntry {
  /** Normalised path; for a whiteout the path it hides, for an opaque whiteout the directory. */
  readonly path: string;
  readonly kind: EntryKind | 'whiteout' | 'opaque';
  /** Bytes in the tar; 0 for all but files. */
  readonly size: number;
  /** Target of a symlink or hardlink, as written. */
  readonly link?: string;
}

/** What catalogers said of one file of the layer. */
export interface FileFindings {
  readonly path: string;
  readonly findings: readonly SignedFinding[];
}

/** All that is known of one layer: depends on its bytes and the catalogers alone, so it is cached by diffID. */
export interface LayerFacts {
  readonly diffId: Digest;
  /** Bytes of the uncompressed tar. */
  readonly tarBytes: number;
  /** In the order of the tar. */
  readonly entries: readonly LayerEntry[];
  readonly files: readonly FileFindings[];
  /** Without `layer`: that is added when the facts are joined to an image. */
  readonly diagnostics: readonly Diagnostic[];
  /** Files left out because of a limit. */
  readonly skippedFiles: number;
  /** Files that a cataloger could not read, or not to their end. */
  readonly unreadableFiles: number;
  /** True where the bytes were no longer those of the diffID: what was read is not kept. */
  readonly changed?: boolean;
}

/** Where layer facts are kept between runs. Loses nothing when it is emptied. */
export interface LayerCache {
  /** The key names diffID, fact format and cataloger versions. */
  get(key: string): Promise<LayerFacts | undefined>;
  set(key: string, facts: LayerFacts): Promise<void>;
}
