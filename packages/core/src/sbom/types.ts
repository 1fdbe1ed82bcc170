import type { Distro, Origin, PackageType } from '@plimsoll/model';

/** A package as a document names it. */
export interface ListedPackage {
  /** The document's own name for it: what relations speak of. */
  readonly ref: string;
  readonly type: PackageType;
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  readonly origin?: Origin;
  readonly licenses: readonly string[];
  /** Where it lies in the image, where the document says so. Without a leading slash. */
  readonly path?: string;
  /** `ref` of the package of the distribution that owns it. */
  readonly ownedBy?: string;
}

/** What a document says of an image or a folder. */
export interface SbomContent {
  /** Of what it describes. */
  readonly name?: string;
  readonly distro?: Distro;
  readonly packages: readonly ListedPackage[];
  /** Entries that name no package of a type that is known. */
  readonly passedOver: number;
}

/** One format of documents that list packages. */
export interface SbomReader {
  readonly id: string;
  readonly title: string;
  /** Whether a JSON document is of the format. */
  recognises(document: Readonly<Record<string, unknown>>): boolean;
  /** Throws where the document is not what the format demands. */
  read(document: Readonly<Record<string, unknown>>): SbomContent;
}
