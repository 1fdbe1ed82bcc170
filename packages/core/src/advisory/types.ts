import type { AdvisorySourceStatus, Epss, Kev, Severity, SeverityOpinion } from '@plimsoll/model';
import type { Context } from '../util/context.ts';
import type { VersionRange } from '../version/range.ts';
import type { SchemeId } from '../version/types.ts';

/** One package an advisory speaks of. */
export interface AffectedPackage {
  /**
   * `debian:11`, `alpine:3.18`, `npm`, `pypi` ...: lower case; a distro with the part of its release that its feed is keyed by
   * (`debian:sid` for unstable, `alpine:edge`).
   */
  readonly ecosystem: string;
  /** Source package name for distros; normalised as the ecosystem compares names. */
  readonly name: string;
  readonly scheme: SchemeId;
  /** The stream of a module that alone is meant, `nodejs:18`; else what belongs to none, or the versions tell. */
  readonly module?: string;
  /** The one that is meant, as the package manager writes it; absent for all of them. */
  readonly architecture?: string;
  /** Any of these holds the version. Empty with no `versions`: every version. */
  readonly ranges: readonly VersionRange[];
  /** Exactly these versions too. */
  readonly versions?: readonly string[];
  /** `not-affected` is a positive statement: it wins over other records of the same source. */
  readonly status: 'affected' | 'not-affected' | 'under-investigation' | 'will-not-fix' | 'end-of-life';
  /** The source's own word for this package, where it has one. */
  readonly severity?: Severity;
}

/** What a source says of one vulnerability. */
export interface Advisory {
  /** The source's own id: `GHSA-...`, `CVE-...`, `DSA-...`. Unique within the source. */
  readonly id: string;
  /** Ids of the same vulnerability. Not `related` ones. */
  readonly aliases: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly opinions: readonly SeverityOpinion[];
  readonly cwes: readonly string[];
  /** http(s) addresses only. */
  readonly references: readonly string[];
  readonly published?: string;
  readonly modified?: string;
  /** Withdrawn advisories are not stored. */
  readonly withdrawn: boolean;
  readonly affected: readonly AffectedPackage[];
}

/** Until when a release of a product is supported by its makers. */
export interface LifecycleRecord {
  /** `debian`, `python`: a distribution by os-release's ID, a runtime by its own name. */
  readonly product: string;
  /** `12`, `3.9`: the part of a version that a release is known by. */
  readonly cycle: string;
  /** `Debian 12`. */
  readonly title: string;
  /** Day: `2028-06-30`. */
  readonly ends: string;
}

/** What a source gives: advisories, or facts about vulnerabilities that others describe. */
export type AdvisoryRecord =
  | { readonly kind: 'advisory'; readonly advisory: Advisory }
  | { readonly kind: 'kev'; readonly id: string; readonly kev: Kev }
  | { readonly kind: 'epss'; readonly id: string; readonly epss: Epss }
  | { readonly kind: 'lifecycle'; readonly lifecycle: LifecycleRecord };

/** One document of a source: a file on this machine, however it came here. */
export interface SourceDocument {
  /** File name without folder, as the feed names it. */
  readonly name: string;
  /** Path of the file. */
  readonly file: string;
}

/** Where advisories come from. */
export interface AdvisorySource {
  readonly id: string;
  readonly title: string;
  readonly license: string;
  /** Ecosystems that its records name, without releases: `debian`, `npm`; empty where it speaks of vulnerabilities and of no packages. */
  readonly ecosystems: readonly string[];
  /** Addresses of the live feed, each one document. Fetched with conditional requests by the driver. */
  readonly addresses: readonly string[];
  /** Where an address is that of a text which leads to the documents: their addresses. `read` fetches a small text. */
  locate?(address: string, read: (address: string) => Promise<string>): Promise<readonly string[]>;
  /** Too large for everyone: fetched only where it is named, or its address is overridden. */
  readonly onRequest?: true;
  /** Whether a document is of this source's layout, from its name and first bytes (at most 64 KiB, after gunzip). */
  recognises(name: string, head: Uint8Array): boolean;
  /** Streams a document's records. One bad record becomes a diagnostic through `context.diagnose`. */
  parse(document: SourceDocument, context: Context): AsyncIterable<AdvisoryRecord>;
  /** The date the data states of itself, where it does, known after parsing: RFC 3339. */
  dateOf?(document: SourceDocument): Promise<string | undefined>;
}

/** What the update driver writes to; one transaction a source. */
export interface AdvisorySink {
  /** Replaces all of a source's records at once, or nothing where `records` throws. Returns how many records were stored. */
  replace(
    source: { readonly id: string; readonly title: string; readonly license: string; readonly sample: boolean },
    state: { readonly fingerprint: string; readonly date?: string; readonly updated: string },
    records: AsyncIterable<AdvisoryRecord>,
  ): Promise<number>;
  /** Notes that an update failed; data stays. */
  fail(source: { readonly id: string; readonly title: string; readonly license: string }, error: string): void;
  /** Of a source's data; undefined where there is none or its last update failed. */
  fingerprintOf(sourceId: string): string | undefined;
}

/** A stored record found by package key. */
export interface FoundAdvisory {
  readonly source: string;
  /** The record's own id. */
  readonly id: string;
  /** Read from the store when it is first touched. */
  readonly advisory: Omit<Advisory, 'affected' | 'withdrawn'>;
  readonly affected: AffectedPackage;
}

/** A package key: where to look, what for. */
export interface AdvisoryKey {
  readonly ecosystem: string;
  readonly name: string;
}

/** What matching asks of the store. All calls are batched. */
export interface AdvisoryLookup {
  /** In the order of the keys: every record that names the key, withdrawn ones never. */
  find(keys: readonly AdvisoryKey[]): readonly (readonly FoundAdvisory[])[];
  /** Severity, scores and texts of the same vulnerability from every source: id -> advisories by alias. */
  byIds(
    ids: readonly string[],
  ): ReadonlyMap<string, readonly { readonly source: string; readonly advisory: Omit<Advisory, 'affected' | 'withdrawn'> }[]>;
  kev(ids: readonly string[]): ReadonlyMap<string, Kev>;
  epss(ids: readonly string[]): ReadonlyMap<string, Epss>;
  /** Releases of a product with the end of their support; empty where none are known. */
  lifecycles(product: string): readonly LifecycleRecord[];
  /** Whether any source has data for an ecosystem. */
  covers(ecosystem: string): boolean;
  status(): readonly AdvisorySourceStatus[];
  /** Changes whenever any source's data changes. */
  fingerprint(): string;
}

/** What a source's update came to. */
export interface UpdateResult {
  readonly source: string;
  readonly state: 'updated' | 'unchanged' | 'failed';
  readonly records: number;
  readonly error?: string;
}
