import { type Digest, familiarName, type Platform, platformName, type Reference } from '@plimsoll/model';
import { extend } from '../../image/extend.ts';
import type { FetchedManifest, RegistryClient } from '../../image/sources/registry/client.ts';
import { readIndex } from '../../image/sources/registry/read.ts';
import { annotations } from '../../oci/media-types.ts';
import { fitsPlatform } from '../../oci/platform.ts';
import type { Descriptor, Index } from '../../oci/types.ts';
import type { Context } from '../../util/context.ts';
import { AppError, isAppError } from '../../util/errors.ts';
import { toBaseRecord } from '../record.ts';
import type { BaseFollowing, BaseRecord, NewBaseRecord } from '../types.ts';

/** A repository that is being followed. */
export interface Repository {
  readonly reference: Reference;
  /** As a Dockerfile writes it. */
  readonly name: string;
  readonly platforms: readonly Platform[];
  readonly client: RegistryClient;
  readonly store: BaseFollowing;
  readonly context: Context;
}

/** The platforms wanted as one word: what was read for others must be read anew. */
export function platformsKey(platforms: readonly Platform[]): string {
  return platforms.map(platformName).sort().join(',');
}

/**
 * Records of the images behind an index or manifest, one for each wanted platform: manifest and config of those that are not known yet, no
 * layer. An image that is none, or is damaged, becomes a diagnostic. Throws what the registry refuses.
 */
export async function readTop(at: Repository, top: FetchedManifest): Promise<readonly NewBaseRecord[]> {
  const index = readIndex(top);
  if (!index) return (await readImage(at, top)).filter(({ platform }) => isWanted(platform, at.platforms));
  const records: NewBaseRecord[] = [];
  for (const descriptor of index.manifests) {
    const { platform, digest } = descriptor;
    if (!platform || platform.os === 'unknown' || !isWanted(platform, at.platforms)) continue;
    const known = at.store.knownManifest(at.name, digest);
    const sbom = attestationOf(index, digest);
    const found = known?.chains ? [toNew(known, at.reference)] : await readPlatform(at, descriptor, platform);
    for (const record of found) records.push({ ...record, indexDigest: top.descriptor.digest, ...(sbom && { sbom }) });
  }
  return records;
}

/** A record as it would be added under a tag. */
export function underTag(record: NewBaseRecord, { reference, name }: Repository, tag: string, top: Digest, pushed?: string): NewBaseRecord {
  const { indexDigest: _, pushed: __, ...rest } = record;
  return {
    ...rest,
    name: familiarName({ registry: reference.registry, repository: reference.repository, tag }),
    repository: name,
    tag,
    ...(top !== record.digest && { indexDigest: top }),
    ...(pushed !== undefined && { pushed }),
  };
}

/** A known record without what the index says of it; the input reads that image again, wherever its tag has moved since. */
export function toNew(record: BaseRecord, { registry, repository }: Reference): NewBaseRecord {
  const { firstSeen: _, lastSeen: __, superseded: ___, gone: ____, ref: _____, ...rest } = record;
  return { ...rest, origin: 'added', input: `${registry}/${repository}@${record.digest}` };
}

/** One image of an index. Registries may hold an index without all that it lists. */
async function readPlatform(at: Repository, descriptor: Descriptor, platform: Platform): Promise<readonly NewBaseRecord[]> {
  try {
    const { bytes } = await at.client.manifest(descriptor.digest);
    return await readImage(at, { descriptor, bytes }, platform);
  } catch (error) {
    if (!isAppError(error) || isRefusal(error)) throw error;
    leaveOut(at, descriptor.digest, error);
    return [];
  }
}

async function readImage(at: Repository, fetched: FetchedManifest, platform?: Platform): Promise<readonly NewBaseRecord[]> {
  const { reference, name, client, context } = at;
  const { digest } = fetched.descriptor;
  const input = `${reference.registry}/${reference.repository}@${digest}`;
  const raw = {
    name,
    reference,
    aliases: [],
    manifest: { ...fetched.descriptor, ...(platform && { platform }) },
    readManifest: async () => fetched.bytes,
    readBlob: (descriptor: Descriptor) => client.blob(descriptor),
    async [Symbol.asyncDispose]() {},
  };
  try {
    await using image = await extend(raw, { source: 'registry', input }, context);
    return [toBaseRecord(image.description, { input, origin: 'added' })];
  } catch (error) {
    if (!isAppError(error) || isRefusal(error)) throw error;
    leaveOut(at, digest, error);
    return [];
  }
}

function leaveOut({ name, context }: Repository, digest: Digest, { code, message }: AppError): void {
  context.diagnose({ code, message: `${name}@${digest} is left out: ${message}`, author: 'bases' });
}

/** Whether the fault is the registry's or the network's, not the image's: another time it may go well. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AppError && (error.code.startsWith('REGISTRY_') || error.code === 'OFFLINE' || error.code === 'CANCELLED');
}

function attestationOf({ manifests }: Index, digest: Digest): Digest | undefined {
  return manifests.find(
    ({ annotations: notes }) =>
      notes?.[annotations.referenceType] === 'attestation-manifest' && notes[annotations.referenceDigest] === digest,
  )?.digest;
}

function isWanted(platform: Platform, wanted: readonly Platform[]): boolean {
  return wanted.length === 0 || wanted.some((want) => fitsPlatform(platform, want));
}
