import type { Diagnostic } from '@plimsoll/model';

/** What a VEX document says of a product and a vulnerability. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-labels */
export type VexStatus = 'not_affected' | 'fixed' | 'affected' | 'under_investigation';

/** What a statement is about. */
export interface VexProduct {
  /** Names of it, any of which fits: purls of a package or an image, or an image's name. */
  readonly ids: readonly string[];
  /** The parts of it that are meant, as purls; absent for the whole. */
  readonly parts?: readonly string[];
}

/** One statement of a VEX document. */
export interface VexStatement {
  /** Every id the vulnerability goes by. */
  readonly vulnerabilities: readonly string[];
  readonly products: readonly VexProduct[];
  readonly status: VexStatus;
  /** Why, as the document has it: a justification's label, a sentence. */
  readonly reason?: string;
  /** When it was made, in milliseconds since 1970; 0 where nobody says. */
  readonly time: number;
}

/** A VEX document that was read. */
export interface VexDocument {
  /** Where it was read. */
  readonly name: string;
  /** Who says so. */
  readonly author?: string;
  readonly statements: readonly VexStatement[];
}

/** One format of VEX. */
export interface VexReader {
  readonly id: string;
  readonly title: string;
  /** Whether a parsed JSON document is of this format. */
  recognises(value: unknown): boolean;
  /** Reads it. Throws where it is not what the format says. */
  read(value: unknown): Omit<VexDocument, 'name'>;
}

/** What a person decided to leave out of the counts. Every member that is given must fit. */
export interface ExceptionRule {
  /** Where it stands: `.plimsoll.yaml, exception 2`. */
  readonly name: string;
  readonly vulnerabilities?: readonly string[];
  readonly package?: {
    readonly purl?: string;
    /** `*` is any text. */
    readonly name?: string;
    readonly type?: string;
    readonly version?: string;
  };
  /** Of a file the package was read from; `*` is any text. */
  readonly path?: string;
  /** Position in the history. */
  readonly layer?: number;
  /** Name of the image; `*` is any text. */
  readonly image?: string;
  readonly fix?: 'available' | 'none' | 'will-not-fix';
  readonly reason: string;
  /** The last day on which it holds, in UTC: `2026-12-31`. */
  readonly expires?: string;
}

/** All that may take matches out of the counts. */
export interface Exceptions {
  readonly rules: readonly ExceptionRule[];
  readonly documents: readonly VexDocument[];
  /** What could not be read of them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Changes with any of them. */
  readonly fingerprint: string;
}
