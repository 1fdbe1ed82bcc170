import type { Digest } from '@plimsoll/model';
import { documentKind, parseIndex } from '../../../oci/parse.ts';
import type { Descriptor } from '../../../oci/types.ts';
import { parseJson } from '../../../util/bytes.ts';
import { AppError, isAppError } from '../../../util/errors.ts';
import type { FetchedManifest } from './client.ts';

/** What is asked of the registry. */
interface Asked {
  /** The answer of the referrers API. */
  list(subject: Digest): Promise<Uint8Array>;
  manifest(tag: string): Promise<FetchedManifest>;
}

/** What a registry answers that does not know referrers, or does not tell: none of these ends the work. */
const UNTOLD: ReadonlySet<string> = new Set([
  'IMAGE_NOT_FOUND',
  'REGISTRY_DENIED',
  'REGISTRY_UNREACHABLE',
  'MANIFEST_INVALID',
  'LIMIT_EXCEEDED',
]);

/**
 * Lists referrers by the registry's API; where it has none, by the tag `sha256-<hex>` that stands in for it, and by `sha256-<hex>.att`, as cosign names
 * attestations. Whether there is an API is asked once. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#unavailable-referrers-api
 */
export function createReferrers({ list, manifest }: Asked): (subject: Digest) => Promise<readonly Descriptor[]> {
  let hasApi: boolean | undefined;

  return async (subject) => {
    if (hasApi !== false) {
      const listed = await quietly(async () => readIndex(await list(subject)));
      hasApi = listed !== undefined;
      if (listed) return listed;
    }
    const tag = subject.replace(':', '-');
    const [index, attestation] = await Promise.all([
      quietly(async () => readIndex((await manifest(tag)).bytes)),
      quietly(async () => (await manifest(`${tag}.att`)).descriptor),
    ]);
    return [...(index ?? []), ...(attestation ? [attestation] : [])];
  };
}

async function quietly<Value>(ask: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!isAppError(error) || !UNTOLD.has(error.code)) throw error;
    return undefined;
  }
}

function readIndex(bytes: Uint8Array): readonly Descriptor[] {
  const fail = (cause?: unknown) => new AppError('MANIFEST_INVALID', 'the list of referrers is malformed', { cause });
  const value = parseJson(bytes, fail);
  if (documentKind(value) !== 'index') throw fail();
  return parseIndex(value).manifests;
}
