import type {
  BaseImage,
  BaseImageEvidence,
  ChainId,
  Confidence,
  Digest,
  Distro,
  ImageConfig,
  ImageDescription,
  Package,
  Platform,
} from '@plimsoll/model';

/** Ways of counting the chain IDs of an image: over what its layers unpack to, or over the layers as stored; each also with its empty layers. */
export const chainKinds = ['diff', 'stored', 'diff+empty', 'stored+empty'] as const;
/** See {@link chainKinds}. */
export type ChainKind = (typeof chainKinds)[number];

/** One image of the base index: what manifest and config tell, no layers. */
export interface BaseRecord {
  /** As a Dockerfile would write it: `python:3.9-slim`; for an image from a folder its ref name. */
  readonly name: string;
  /** Registry and repository, or what stands before the tag in a ref name; tags of one repository are candidates for each other. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: Digest;
  readonly indexDigest?: Digest;
  /** Of its config: the same for an image that an engine gives under a manifest of its own. Absent in older records. */
  readonly configDigest?: Digest;
  readonly platform: Platform;
  readonly created?: string;
  /** Bytes as stored. */
  readonly size: number;
  /** Chain ID of the last layer; absent for an image without layers. */
  readonly chainId?: ChainId;
  /** Chain IDs of the last layer counted in the other ways: `diff` is `chainId`. */
  readonly chains?: Partial<Readonly<Record<Exclude<ChainKind, 'diff'>, ChainId>>>;
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
  /** Digest of the attestation manifest that the index has for it. */
  readonly sbom?: Digest;
  /** When the registry says that it was pushed, RFC 3339; few tell. */
  readonly pushed?: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** True where its tag has moved to another image since. */
  readonly superseded?: boolean;
  /** Since when its tag is no longer listed: it is no candidate, but still tells what an image was built on. */
  readonly gone?: string;
}

/** A record as it is added: when it was seen is the index's to say. */
export type NewBaseRecord = Omit<BaseRecord, 'firstSeen' | 'lastSeen' | 'superseded' | 'gone'>;

/** What detection and advice ask of the base index. */
export interface BaseIndex {
  /** Records whose final chain ID is one of these. */
  byChainIds(chainIds: readonly ChainId[]): readonly BaseRecord[];
  /** Records whose final chain ID, counted in one way, is one of these. */
  byChain(kind: ChainKind, chainIds: readonly ChainId[]): readonly BaseRecord[];
  byDigest(digest: Digest): readonly BaseRecord[];
  /**
   * Every record of a repository on a platform whose tag is still there. A tag that moved has one record a digest: those that tags point to
   * now come first, and among both the newest `created`.
   */
  byRepository(repository: string, platform: Platform): readonly BaseRecord[];
  /** Every record that a tag ever had on a platform, gone or not: the one it points to now first, then the last seen. */
  historyOfTag(repository: string, tag: string, platform: Platform): readonly BaseRecord[];
  /**
   * What a tag points to now, as a registry last told; else (a folder, where several images may have one name) the newest `created`.
   * Undefined where the tag is not known or is gone.
   */
  newestOfTag(repository: string, tag: string, platform: Platform): BaseRecord | undefined;
  /** Names of the tags that point to a manifest now; where none does any more, those that did. Sorted. */
  aliasesOf(digest: Digest): readonly string[];
  list(): readonly BaseRecord[];
  /** Changes whenever a record does. */
  fingerprint(): string;
}

/** What filling the index asks of the store. */
export interface BaseIndexWriter {
  /**
   * Adds records, or moves `lastSeen` of those known by repository, tag, platform and digest. `pointed` where a registry was just seen to have
   * each tag point to its record.
   */
  add(records: readonly NewBaseRecord[], seen: string, options?: { readonly pointed?: boolean }): void;
  /** Forgets a repository: records and history, and that it is followed. Returns how many records there were. */
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

/** What an indexed image holds, for telling likeness: `type name version` of each package. */
export interface Fingerprint {
  readonly digest: Digest;
  /** `debian 11`. */
  readonly distro: string;
  readonly packages: ReadonlySet<string>;
}

/** What is known of an image beside its description. */
export interface ImageFacts {
  readonly distro?: Distro;
  readonly packages: readonly Package[];
  /** Of other images that were indexed. Made when it is first asked for. */
  readonly fingerprints: () => readonly Fingerprint[];
  /** The base a person says it has. */
  readonly pinned?: string;
}

/** One way of finding base images. */
export interface BaseImageDetector {
  readonly id: string;
  /** True for one that guesses: it is asked only where no other has found anything. */
  readonly guesses?: boolean;
  detect(image: ImageDescription, index: BaseIndex, facts: ImageFacts): readonly BaseClaim[];
}

/** What filling the base index came to. */
export interface AddBasesResult {
  readonly images: number;
  readonly repositories: readonly string[];
}

/** A place whose images the base index follows. */
export interface FollowedPlace {
  /** What a person gave: a repository as a Dockerfile writes it, else a folder or archive. */
  readonly input: string;
  readonly tags: readonly string[];
  readonly platforms: readonly Platform[];
  /** `partial` is a run that was broken off and goes on from there. */
  readonly state: 'new' | 'partial' | 'done' | 'failed';
  /** When the run began that is not finished yet, or finished last. */
  readonly started?: string;
  /** When a run was last finished. */
  readonly synced?: string;
  readonly error?: string;
}

/** What a tag of a followed repository was last seen to point to. */
export interface TagState {
  readonly tag: string;
  /** Of the index or manifest. */
  readonly digest: Digest;
  /** For registries that tell no digest ahead. */
  readonly etag?: string;
  readonly checked: string;
  readonly gone?: string;
}

/** A tag as it was just seen, with the records of what it points to where they were not kept under this tag before. */
export interface TagSeen extends Pick<TagState, 'tag' | 'digest' | 'etag'> {
  readonly records?: readonly NewBaseRecord[];
}

/** What following repositories asks of the store. */
export interface BaseFollowing {
  followed(): readonly FollowedPlace[];
  /** Adds a place, or replaces what is known of it. */
  follow(place: FollowedPlace): void;
  /** Follows a place no more; its records stay. */
  unfollow(input: string): void;
  tagsOf(repository: string): ReadonlyMap<string, TagState>;
  /** Records of an index or manifest read before for these platforms (as `platformsKey` writes them), one for each image; undefined where it was not. */
  knownTop(repository: string, digest: Digest, platforms: string): readonly BaseRecord[] | undefined;
  /** A record of one manifest in a repository, under whatever tag. */
  knownManifest(repository: string, digest: Digest): BaseRecord | undefined;
  /** Keeps what was seen of tags, whole or not at all. */
  seeTags(repository: string, tags: readonly TagSeen[], seen: { readonly at: string; readonly platforms: string }): void;
  /** Marks tags that are listed no more. */
  loseTags(repository: string, tags: readonly string[], at: string): void;
}

/** One line of an exported base index. */
export type ExchangeEntry =
  | { readonly kind: 'place'; readonly place: FollowedPlace }
  | { readonly kind: 'record'; readonly record: BaseRecord; readonly pointed?: string }
  | { readonly kind: 'tag'; readonly repository: string; readonly state: TagState }
  /** An index or manifest that was read for some platforms, and the manifests behind it. */
  | {
      readonly kind: 'top';
      readonly repository: string;
      readonly digest: Digest;
      readonly platforms: string;
      readonly manifests: readonly Digest[];
    };

/** What carrying a base index elsewhere asks of the store. */
export interface BaseExchange {
  /** Everything, one at a time. */
  entries(): Iterable<ExchangeEntry>;
  /** Merges: the earliest first seen, the latest last seen; of tags and their ends what was seen later; places that are followed here stay. */
  restore(entries: readonly ExchangeEntry[]): void;
}

/** What came of following one place. */
export interface SyncResult extends AddBasesResult {
  readonly input: string;
  /** How many tags were looked at, had moved or come, had gone. */
  readonly tags: number;
  readonly changed: number;
  readonly gone: number;
  /** False where it was broken off: it goes on from there. */
  readonly complete: boolean;
  readonly error?: string;
}

/** One link of the hierarchy with the record it came from; counts are added when it is assessed. */
export type HierarchyLink = Omit<BaseImage, 'counts' | 'latestCounts'> & {
  readonly record?: BaseRecord;
  /** Newest record of the same tag. */
  readonly latestRecord?: BaseRecord;
};
