/** What kind of entry a tar holds. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';

/** One header of a tar, pax and GNU extensions already applied. */
export interface TarEntry {
  /** Normalised: no leading slash, no `.`, `..` or empty parts; empty for the root itself. */
  readonly path: string;
  readonly kind: EntryKind;
  /** Bytes of content; 0 for all but files. */
  readonly size: number;
  /** Target of a symlink (as written) or a hardlink (normalised). */
  readonly link?: string;
  /** There and true for a file that someone may execute. */
  readonly executable?: true;
}

/** Who reads a tar as it passes. Calls come in the order of the tar. */
export interface TarSink {
  /** Returns true where the entry's content is wanted. */
  entry(entry: TarEntry): boolean;
  /** A piece of wanted content: valid only during the call. */
  data(chunk: Uint8Array): void;
  /** The wanted content is complete. */
  end(): void;
}

/** A tar reader that is fed as bytes come. */
export interface TarReader {
  /** Throws `TAR_INVALID`, or `LIMIT_EXCEEDED` past the entry or header limits. */
  push(chunk: Uint8Array): void;
  /** Call at the end of input. Throws `TAR_INVALID` where the tar stops in the middle of an entry. */
  finish(): void;
}
