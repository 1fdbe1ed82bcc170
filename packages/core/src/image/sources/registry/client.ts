import { isDigest, type Reference } from '@plimsoll/model';
import { acceptedManifests } from '../../../oci/media-types.ts';
import type { Descriptor } from '../../../oci/types.ts';
import { collect, parseJson } from '../../../util/bytes.ts';
import { type Context, throwIfCancelled } from '../../../util/context.ts';
import { AppError, isAppError, messageOf } from '../../../util/errors.ts';
import { algorithmOf, createHasher } from '../../../util/hash.ts';
import { MAX_MANIFEST } from '../../shared/layout.ts';
import { createAuthorizer } from './auth.ts';
import { isLoopback, mayAsk, originOf } from './origin.ts';
import { refuse } from './refuse.ts';

/** A manifest or index as the registry gave it, its digest computed here and checked where it was asked for by digest. */
export interface FetchedManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

/** What is asked of one repository. https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export interface RegistryClient {
  manifest(tagOrDigest: string): Promise<FetchedManifest>;
  blob(descriptor: Descriptor): AsyncIterable<Uint8Array>;
  tags(): Promise<readonly string[]>;
}

const MAX_TAG_PAGES = 1000;
const MAX_TAGS = 100_000;
const MAX_REDIRECTS = 5;
/** Milliseconds until an answer must have begun. */
const ANSWER_TIMEOUT = 60_000;

/** A client of the reference's repository. Plain HTTP is spoken to loopback alone; credentials stay with the registry's origin. */
export function createRegistryClient(reference: Reference, context: Context): RegistryClient {
  const { registry, repository } = reference;
  // The hub answers under another name than its references carry.
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const base = `${isLoopback(host) ? 'http' : 'https'}://${host}/v2/${repository}`;
  const authorizer = createAuthorizer({ registry, repository, origin: originOf(base) }, context);

  return {
    async manifest(tagOrDigest) {
      const response = await send(`${base}/manifests/${tagOrDigest}`, { Accept: acceptedManifests.join(', ') }, `manifest ${tagOrDigest}`);
      const bytes = await collect(bodyOf(response), MAX_MANIFEST, `the manifest of ${repository}`);
      const asked = isDigest(tagOrDigest) ? tagOrDigest : undefined;
      const hasher = createHasher(asked ? algorithmOf(asked) : 'sha256');
      hasher.update(bytes);
      const digest = hasher.digest();
      if (asked && asked !== digest) throw new AppError('BLOB_DIGEST_MISMATCH', `${registry} gave another manifest than ${asked}`);
      const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
      return { descriptor: { mediaType, digest, size: bytes.length }, bytes };
    },

    async *blob({ digest }: Descriptor) {
      const response = await send(`${base}/blobs/${digest}`, {}, `blob ${digest}`);
      yield* bodyOf(response);
    },

    async tags() {
      const tags: string[] = [];
      let next: string | undefined = `${base}/tags/list?n=1000`;
      for (let page = 0; next !== undefined && page < MAX_TAG_PAGES; page += 1) {
        const address: string = next;
        const response = await send(address, {}, 'list of tags');
        const bytes = await collect(bodyOf(response), MAX_MANIFEST, `the tags of ${repository}`);
        for (const tag of readTags(bytes, repository)) tags.push(tag);
        if (tags.length > MAX_TAGS) throw new AppError('LIMIT_EXCEEDED', `${repository} has more than ${MAX_TAGS} tags`);
        next = nextPage(response.headers.get('link'), address);
      }
      return [...new Set(tags)].sort(); // registries give them in any order
    },
  };

  async function send(address: string, headers: Record<string, string>, what: string): Promise<Response> {
    if (context.offline) {
      throw new AppError('OFFLINE', `${what} of ${registry}/${repository} was not fetched: the network is switched off`, {
        hint: 'unset PLIMSOLL_OFFLINE',
      });
    }
    const sent = authorizer.headers();
    let response = await follow(address, { ...headers, ...sent }, what);
    if (response.status === 401 && (await authorizer.answer(response, sent.Authorization))) {
      response = await follow(address, { ...headers, ...authorizer.headers() }, what);
    }
    if (!response.ok) throw await refuse(response, `${what} of ${registry}/${repository}`);
    return response;
  }

  /** Redirects are followed by hand so that credentials never reach another origin. */
  async function follow(address: string, headers: Record<string, string>, what: string): Promise<Response> {
    let at = address;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const sent = { ...headers };
      if (originOf(at) !== originOf(base)) delete sent.Authorization;
      const response = await request(at, sent, what);
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (location === null) return response;
      await response.body?.cancel();
      const target = URL.canParse(location, at) ? new URL(location, at) : new URL('about:blank');
      if (!mayAsk(target, base)) throw new AppError('REGISTRY_DENIED', `${registry} sent us on to ${target.origin}, which is not followed`);
      at = target.href;
    }
    throw new AppError('REGISTRY_UNREACHABLE', `${registry} sends us in circles for the ${what}`);
  }

  async function request(address: string, headers: Record<string, string>, what: string): Promise<Response> {
    throwIfCancelled(context);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(new Error(`no answer within ${ANSWER_TIMEOUT / 1000} s`)), ANSWER_TIMEOUT);
    const signal = context.signal ? AbortSignal.any([context.signal, patience.signal]) : patience.signal;
    try {
      return await context.fetch(address, { headers, redirect: 'manual', signal });
    } catch (cause) {
      throwIfCancelled(context);
      const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : messageOf(cause);
      throw new AppError('REGISTRY_UNREACHABLE', `asking ${registry} for the ${what} of ${repository} failed: ${why}`, {
        cause,
        hint: 'is the name right, and is the network up?',
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async function* bodyOf(response: Response): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of response.body ?? []) yield chunk;
    } catch (cause) {
      if (isAppError(cause)) throw cause;
      throwIfCancelled(context);
      throw new AppError('REGISTRY_UNREACHABLE', `${registry} broke off in the middle of an answer: ${messageOf(cause)}`, {
        cause,
        hint: 'try again',
      });
    }
  }
}

function readTags(bytes: Uint8Array, repository: string): readonly string[] {
  const fail = (cause?: unknown) => new AppError('MANIFEST_INVALID', `the tags of ${repository} are malformed`, { cause });
  const value = parseJson(bytes, fail);
  const tags = typeof value === 'object' && value !== null && 'tags' in value ? value.tags : undefined;
  if (tags === null || tags === undefined) return [];
  if (!Array.isArray(tags) || !tags.every((tag): tag is string => typeof tag === 'string')) throw fail();
  return tags;
}

/** `<...>; rel="next"`: only on the same origin. */
function nextPage(link: string | null, address: string): string | undefined {
  const target = /^<([^>]*)>;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (target === undefined) return undefined;
  const next = new URL(target, address);
  return next.origin === new URL(address).origin ? next.href : undefined;
}
