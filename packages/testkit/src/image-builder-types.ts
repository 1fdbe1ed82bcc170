import type { Digest, Platform } from '@plimsoll/model';

/** One entry of a layer, by what it puts into the image or takes out of it. Paths are written as given, without a leading slash. */
export type FileSpec =
  | { readonly path: string; readonly content: string | Uint8Array; readonly mode?: number }
  | { readonly path: string; readonly directory: true; readonly mode?: number }
  /** A symbolic link, its target as written. */
  | { readonly path: string; readonly link: string }
  | { readonly path: string; readonly hardlink: string }
  /** Hides `path`, which lies in a layer below: written as `.wh.<name>`. */
  | { readonly path: string; readonly whiteout: true }
  /** Hides all that layers below have in the directory `path`: written as `<path>/.wh..wh..opq`. */
  | { readonly path: string; readonly opaque: true };

/** How a layer or archive is packed. `gzip-members` and `zstd-frames` are many small ones in a row, as lazy-pulling formats write them. */
export type Packing = 'none' | 'gzip' | 'gzip-members' | 'zstd' | 'zstd-frames';

/** One instruction of the build. */
export type LayerSpec =
  | {
      readonly createdBy: string;
      readonly created?: string;
      readonly files: readonly FileSpec[];
      /** Instead of the image's. */
      readonly compression?: Packing;
    }
  /** The layer's tar given whole, for what no honest builder writes. */
  | { readonly createdBy: string; readonly created?: string; readonly tar: Uint8Array; readonly compression?: Packing }
  /** An instruction without a layer: ENV, CMD, LABEL ... */
  | { readonly createdBy: string; readonly created?: string; readonly empty: true };

/** Words of the image config. */
export interface ConfigSpec {
  readonly user?: string;
  /** `NAME=value`: replaces the base's of the same name. */
  readonly env?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly workingDir?: string;
  /** e.g. `8080/tcp`. */
  readonly exposedPorts?: readonly string[];
}

/** What the builder attests of the image. */
export interface ProvenanceSpec {
  readonly materials: readonly { readonly uri: string; readonly digest?: Digest }[];
  /** SLSA version of the statement: default `v0.2`. */
  readonly version?: 'v0.2' | 'v1';
  readonly builder?: string;
}

/** An image to build. */
export interface ImageSpec {
  /** Its layers, history, config and labels are taken over. */
  readonly base?: BuiltImage;
  readonly layers?: readonly LayerSpec[];
  readonly config?: ConfigSpec;
  /** Added to the base's. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Default the base's, else `linux/amd64`. */
  readonly platform?: Platform;
  /** RFC 3339; default the base's, else the start of 2024. Also the time of layers that name none. */
  readonly created?: string;
  /** Of the manifest. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Default `gzip`. */
  readonly compression?: Packing;
  /** Media types: default `oci`. */
  readonly format?: 'oci' | 'docker';
  /** False: the config says nothing of how it was built. */
  readonly history?: boolean;
  /** Puts the image into an index with an attestation beside it, as BuildKit does. */
  readonly provenance?: ProvenanceSpec;
}

/** Names bytes by digest and size. */
export interface BlobDescriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Bytes with their descriptor. */
export interface Blob {
  readonly descriptor: BlobDescriptor;
  readonly bytes: Uint8Array;
}

/** A layer as stored, and what it is when inflated. */
export interface BuiltLayer extends Blob {
  readonly tar: Uint8Array;
  readonly diffId: Digest;
}

/** One history entry, in the config's own words. */
export interface BuiltHistory {
  readonly created: string;
  readonly created_by: string;
  readonly empty_layer?: true;
}

/** An image in memory. */
export interface BuiltImage {
  readonly kind: 'image';
  /** Of the manifest. */
  readonly digest: Digest;
  readonly manifest: Blob;
  readonly config: Blob;
  readonly layers: readonly BuiltLayer[];
  readonly diffIds: readonly Digest[];
  readonly chainIds: readonly Digest[];
  readonly history: readonly BuiltHistory[];
  readonly platform: Platform;
  readonly created: string;
  readonly settings: ConfigSpec & { readonly labels: Readonly<Record<string, string>> };
  readonly format: 'oci' | 'docker';
  /** Manifest, config and statement of the provenance, the manifest's descriptor as it stands in the index. */
  readonly attestation?: { readonly manifest: Blob; readonly blobs: readonly Blob[] };
}

/** Images of several platforms under one digest. */
export interface BuiltIndex {
  readonly kind: 'index';
  readonly digest: Digest;
  readonly index: Blob;
  readonly images: readonly BuiltImage[];
}

/** An image or index with the name it is stored under; none where it is absent. */
export interface NamedImage {
  readonly ref?: string;
  readonly image: BuiltImage | BuiltIndex;
}
