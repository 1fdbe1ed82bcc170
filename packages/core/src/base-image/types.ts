import type { BaseImage, BaseImageEvidence, ChainId, Confidence, Digest, ImageConfig, ImageDescription, Platform } from '@plimsoll/model';

/** One image of the base index: what manifest and config tell, no layers. */
export interface BaseRecord {
  /** As a Dockerfile would write it: `python:3.9-slim`; for an image from a folder its ref name. */
  readonly name: string;
  /** Registry and repository, or what stands before the tag in a ref name; tags of one repository are candidates for each other. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: Digest;
  readonly indexDigest?: Digest;
  readonly platform: Platform;
  readonly created?: string;
  /** Bytes as stored. */
  readonly size: number;
  /** Chain ID of the last layer; absent for an image without layers. */
  readonly chainId?: ChainId;
  /** How many layers are not empty. */
  readonly layerCount: number;
  /** How many history entries there are, and a digest over them: an image built on this one begins with the same. Absent where the history is not reliable. */
  readonly history?: { readonly count: number; readonly digest: Digest };
  readonly config: ImageConfig;
  /** Input that reads the image again: `oci-dir:///bases` with ref, or a registry reference. */
  readonly input: string;
  readonly ref?: string;
  /** Whether a person added it as a base, or it was indexed as an image. */
  readonly origin: 'added' | 'indexed';
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** What detection and advice ask of the base index. */
export interface BaseIndex {
  /** Records whose final chain ID is one of these. */
  byChainIds(chainIds: readonly ChainId[]): readonly BaseRecord[];
  byDigest(digest: Digest): readonly BaseRecord[];
  /** Every record of a repository on a platform, newest `created` first. A tag that moved has one record a digest. */
  byRepository(repository: string, platform: Platform): readonly BaseRecord[];
  list(): readonly BaseRecord[];
  /** Changes whenever a record does. */
  fingerprint(): string;
}

/** What filling the index asks of the store. */
export interface BaseIndexWriter {
  /** Adds records, or moves `lastSeen` of those known by repository, tag, platform and digest. */
  add(records: readonly Omit<BaseRecord, 'firstSeen' | 'lastSeen'>[], seen: string): void;
  remove(repository: string): number;
}

/** A base image as one detector sees it. */
export interface BaseClaim {
  /** Position in the image's non-empty layers where the base ends: how many of them it brought. 0 where it cannot be told. */
  readonly layerCount: number;
  /** How many history entries it brought; 0 where its history is not how this image's begins. */
  readonly historyCount: number;
  /** Names and records that it may be. */
  readonly records: readonly BaseRecord[];
  /** A name that is stated but not in the index. */
  readonly statedName?: string;
  readonly statedDigest?: Digest;
  readonly confidence: Confidence;
  readonly evidence: BaseImageEvidence;
}

/** One way of finding base images. */
export interface BaseImageDetector {
  readonly id: string;
  detect(image: ImageDescription, index: BaseIndex): readonly BaseClaim[];
}

/** What filling the base index came to. */
export interface AddBasesResult {
  readonly images: number;
  readonly repositories: readonly string[];
}

/** One link of the hierarchy with the record it came from; counts are added when it is assessed. */
export type HierarchyLink = Omit<BaseImage, 'counts' | 'latestCounts'> & {
  readonly record?: BaseRecord;
  /** Newest record of the same tag. */
  readonly latestRecord?: BaseRecord;
};
