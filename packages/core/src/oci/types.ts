import type { Digest, Platform } from '@plimsoll/model';

/** Names bytes by digest and size: https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
}

/** A manifest of one image, OCI or Docker schema 2. */
export interface Manifest {
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly subject?: Descriptor;
}

/** An index (manifest list) of images. */
export interface Index {
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** One entry of a config's history. */
export interface HistoryEntry {
  readonly created?: string;
  readonly createdBy: string;
  readonly emptyLayer: boolean;
}

/** The parts of an image config that we use: https://github.com/opencontainers/image-spec/blob/main/config.md */
export interface Config {
  readonly platform: Platform;
  readonly created?: string;
  readonly diffIds: readonly Digest[];
  readonly history: readonly HistoryEntry[];
  readonly config: {
    readonly user?: string;
    readonly env: readonly string[];
    readonly entrypoint: readonly string[];
    readonly cmd: readonly string[];
    readonly workingDir?: string;
    readonly exposedPorts: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
  };
}
