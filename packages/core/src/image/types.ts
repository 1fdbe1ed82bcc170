import type { ChainId, DiffId, Digest, ImageDescription, Layer, Platform, Reference } from '@plimsoll/model';
import type { Descriptor } from '../oci/types.ts';
import type { Context } from '../util/context.ts';
import type { Statement } from './statement.ts';

/** Which image of several is wanted. */
export interface Want {
  /** `os/arch[/variant]` parsed; default linux/amd64, else the first linux, else the first there. */
  readonly platform?: Platform;
  /** Ref name, tag or digest, where a folder or archive holds several. */
  readonly ref?: string;
  /** How to reach the container engine of this machine; without it no image is looked for there. */
  readonly engine?: ConnectEngine;
  /** Where a source may keep what it would have to fetch again; without it nothing is remembered. */
  readonly memory?: ImageMemory;
}

/** What sources remember between runs, by keys of their own. Loses nothing when it is emptied; what comes out of it is verified as any input is. */
export interface ImageMemory {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, value: Uint8Array): Promise<void>;
}

/** What a source asks of a container engine: `engine` has it, and `pipeline` lends it. */
export interface LentEngine {
  readonly name: string;
  /** Undefined where it has no image of that name or id. `platform` only where it keeps one a name. */
  findImage(
    nameOrId: string,
    context: Context,
  ): Promise<{ readonly id: string; readonly names: readonly string[]; readonly platform?: Platform } | undefined>;
  /** Ids and names of all images that have one. */
  listImages(context: Context): Promise<readonly { readonly id: string; readonly names: readonly string[] }[]>;
  /** The image as a tar, as `docker save` writes it. Throws `ENGINE_UNREACHABLE`, also where it breaks off. */
  exportImage(id: string, context: Context): AsyncIterable<Uint8Array>;
}

/** Undefined where this machine has no engine. Throws `ENGINE_UNREACHABLE` where there should be one and it does not answer. */
export type ConnectEngine = (context: Context, options?: { readonly patience?: number }) => Promise<LentEngine | undefined>;

/**
 * What an image source must give, and no more; `extend` derives and verifies the rest.
 * Sources return bytes as they are stored and need not check digests: `extend` does.
 */
export interface RawImage extends AsyncDisposable {
  /** What a person calls it. */
  readonly name: string;
  readonly reference?: Reference;
  readonly aliases: readonly string[];
  /** Descriptor of the chosen image's manifest. A docker-save archive without one has none: its config and layers stand below. */
  readonly manifest: Descriptor;
  /** The index it was chosen from: raw bytes and descriptor. Attestations and platforms are read from it. */
  readonly index?: { readonly descriptor: Descriptor; readonly bytes: Uint8Array };
  /** True where the bytes may change while they are read: a folder in use. What differs from the digests is then said, not refused. */
  readonly live?: boolean;
  /** Raw bytes of the manifest. */
  readManifest(): Promise<Uint8Array>;
  /** A blob's bytes as stored, streamed. Throws `BLOB_MISSING`. */
  readBlob(descriptor: Descriptor): AsyncIterable<Uint8Array>;
  /** Manifests that name a digest as their subject: attestations, SBOMs, signatures. Absent where the source does not know them. */
  referrers?(subject: Digest): Promise<readonly Descriptor[]>;
  /**
   * Where a worker thread can read the layer by itself: a byte range of a file. Absent where it must be streamed from here
   * (a registry). Lets layers be read in parallel without copying bytes between threads.
   */
  locate?(descriptor: Descriptor): Promise<FileRange | undefined>;
}

/** A run of bytes in a file on this machine. */
export interface FileRange {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** An image whose manifest, config and descriptors are verified. Layers are verified as they are read. */
export interface Image extends AsyncDisposable {
  readonly description: ImageDescription;
  /** Layers that are not empty, earliest first. */
  readonly layers: readonly ImageLayer[];
  /** Documents that are attached to it, those of its index first. Looked for when it is asked; throws as reading a blob does. */
  attached(): Promise<readonly Attached[]>;
}

/** What a document that is attached to an image is for. */
export type AttachedKind = 'provenance' | 'sbom' | 'vex' | 'signature' | 'other';

/** A document that is attached to an image. Signatures are not verified: it is worth what the right to push to the repository is worth. */
export interface Attached {
  readonly kind: AttachedKind;
  /** Predicate type where one is stated, else the type of the artifact or of its bytes. */
  readonly type: string;
  /** Whether it lies in the image's index or refers to it from beside. */
  readonly from: 'index' | 'referrer';
  readonly digest: Digest;
  /** The document without its envelopes. Throws `MANIFEST_INVALID`, also where it speaks of another image; `LIMIT_EXCEEDED`, `BLOB_*`, `REGISTRY_*`. */
  read(): Promise<Statement>;
}

/** One layer that can be read. */
export interface ImageLayer {
  readonly layer: Layer & { readonly digest: Digest; readonly diffId: DiffId; readonly chainId: ChainId; readonly size: number };
  readonly descriptor: Descriptor;
  /** See {@link RawImage.live}. */
  readonly live?: boolean;
  /** Bytes as stored, size-checked; who reads them checks digest and diffID as they pass. */
  read(): AsyncIterable<Uint8Array>;
  /** See {@link RawImage.locate}. */
  locate(): Promise<FileRange | undefined>;
}

/** A place images can be read from. */
export interface ImageSource {
  readonly id: string;
  /** Prefixes before `://` that choose it. */
  readonly prefixes: readonly string[];
  /** Undefined where the input is not for this source (only when no prefix chose it). */
  open(input: string, want: Want, context: Context): Promise<RawImage | undefined>;
  /**
   * Every image in a place, for filling the base index: what is needed is manifests and configs, no layers.
   * Absent where the source cannot list.
   */
  list?(input: string, context: Context, lent: Pick<Want, 'engine'>): AsyncIterable<RawImage>;
}
