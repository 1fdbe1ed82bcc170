import { type Digest, isDigest, type Reference } from '@plimsoll/model';
import { acceptedManifests, mediaTypes } from '../../../oci/media-types.ts';
import type { Descriptor } from '../../../oci/types.ts';
import { collect, parseJson } from '../../../util/bytes.ts';
import { type Context, throwIfCancelled } from '../../../util/context.ts';
import { AppError, isAppError, messageOf } from '../../../util/errors.ts';
import { algorithmOf, createHasher } from '../../../util/hash.ts';
import { MAX_MANIFEST } from '../../shared/layout.ts';
import { createAuthorizer } from './auth.ts';
import { documentPatience, type Patience, readBody, streamPatience } from './body.ts';
import { isLoopback, mayAsk, originOf } from './origin.ts';
import { type RateLimit, rateLimitOf, retryAfter } from './rate-limit.ts';
import { createReferrers } from './referrers.ts';
import { refuse } from './refuse.ts';

/** A manifest or index as the registry gave it, its digest computed here and checked where it was asked for by digest. */
export interface FetchedManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

/** What a registry tells of a manifest without giving it. */
export interface ManifestHead {
  readonly digest?: Digest;
  readonly mediaType?: string;
  readonly size?: number;
  /** RFC 3339. */
  readonly lastModified?: string;
}

/** What is asked of one repository. https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export interface RegistryClient {
  manifest(tagOrDigest: string): Promise<FetchedManifest>;
  /** What a tag points to, without its manifest. */
  head(tag: string): Promise<ManifestHead>;
  /** The manifest, unless it still is the one of the `ETag`. `etag` is that of the answer. */
  manifestUnless(tag: string, etag: string | undefined): Promise<(FetchedManifest & { readonly etag?: string }) | undefined>;
  blob(descriptor: Descriptor): AsyncIterable<Uint8Array>;
  /** Manifests whose subject is this digest; where the registry does not know them, those that its tags `sha256-...` list. */
  referrers(subject: Digest): Promise<readonly Descriptor[]>;
  tags(): Promise<readonly string[]>;
  /** How much the registry lets us ask still, as its last answer told; absent where it tells nothing. */
  limit(): RateLimit | undefined;
}

const accept = { Accept: acceptedManifests.join(', ') };
const MAX_ETAG = 300;
/** How often a request is made again where a registry asks for patience, and how long one wait may be in milliseconds. */
const MAX_RETRIES = 3;
const MAX_WAIT = 60_000;
const MAX_TAG_PAGES = 1000;
const MAX_TAGS = 100_000;
const MAX_REDIRECTS = 5;
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/** Milliseconds until an answer must have begun. */
const ANSWER_TIMEOUT = 60_000;

/** A client of the reference's repository. Plain HTTP is spoken to loopback alone; credentials stay with the registry's origin. */
export function createRegistryClient(reference: Reference, context: Context): RegistryClient {
  const { registry, repository } = reference;
  // The hub answers under another name than its references carry.
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const base = `${isLoopback(host) ? 'http' : 'https'}://${host}/v2/${repository}`;
  const authorizer = createAuthorizer({ registry, repository, origin: originOf(base) }, context);

  let rate: RateLimit | undefined;

  const manifest = async (tagOrDigest: string): Promise<FetchedManifest> => {
    const response = await send(`${base}/manifests/${tagOrDigest}`, accept, `manifest ${tagOrDigest}`);
    return readManifest(response, isDigest(tagOrDigest) ? tagOrDigest : undefined);
  };
  const referrers = createReferrers({
    manifest,
    async list(subject) {
      const response = await sendOnce(`${base}/referrers/${subject}`, { Accept: mediaTypes.ociIndex }, `referrers of ${subject}`);
      if (!response.ok) throw await refuse(response, `referrers of ${registry}/${repository}`);
      return collect(bodyOf(response), MAX_MANIFEST, `the referrers of ${repository}`);
    },
  });

  return {
    limit: () => rate,
    manifest,
    referrers,

    async head(tag) {
      const { headers } = await send(`${base}/manifests/${tag}`, accept, `manifest ${tag}`, 'HEAD');
      const digest = headers.get('docker-content-digest') ?? '';
      const size = Number(headers.get('content-length') ?? Number.NaN);
      const modified = Date.parse(headers.get('last-modified') ?? '');
      return {
        ...(isDigest(digest) && { digest }),
        ...mediaTypeOf(headers),
        ...(Number.isSafeInteger(size) && { size }),
        ...(Number.isFinite(modified) && { lastModified: new Date(modified).toISOString() }),
      };
    },

    async manifestUnless(tag, etag) {
      const headers = { ...accept, ...(etag !== undefined && { 'If-None-Match': etag }) };
      const response = await send(`${base}/manifests/${tag}`, headers, `manifest ${tag}`);
      if (response.status === 304) {
        await response.body?.cancel();
        return undefined;
      }
      const next = response.headers.get('etag')?.slice(0, MAX_ETAG);
      return { ...(await readManifest(response, undefined)), ...(next && { etag: next }) };
    },

    async *blob({ digest }: Descriptor) {
      const response = await send(`${base}/blobs/${digest}`, {}, `blob ${digest}`).catch((cause: unknown) => {
        if (!isAppError(cause, 'IMAGE_NOT_FOUND')) throw cause;
        throw new AppError('BLOB_MISSING', `${registry}/${repository} does not hold the blob ${digest}`, {
          cause,
          hint: 'push the image again',
        });
      });
      yield* bodyOf(response, streamPatience);
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

  async function readManifest(response: Response, asked: Digest | undefined): Promise<FetchedManifest> {
    const bytes = await collect(bodyOf(response), MAX_MANIFEST, `the manifest of ${repository}`);
    const hasher = createHasher(asked ? algorithmOf(asked) : 'sha256');
    hasher.update(bytes);
    const digest = hasher.digest();
    if (asked && asked !== digest) throw new AppError('BLOB_DIGEST_MISMATCH', `${registry} gave another manifest than ${asked}`);
    return { descriptor: { mediaType: '', ...mediaTypeOf(response.headers), digest, size: bytes.length }, bytes };
  }

  /** Waits and asks again where the registry wants patience, for as long as that is bearable. */
  async function send(address: string, headers: Record<string, string>, what: string, method?: 'HEAD'): Promise<Response> {
    for (let attempt = 0; ; attempt += 1) {
      const response = await sendOnce(address, headers, what, method);
      rate = rateLimitOf(response.headers, context.now()) ?? rate;
      const patience = retryAfter(response, attempt, context.now());
      if (patience === undefined || patience > MAX_WAIT || attempt >= MAX_RETRIES) {
        if (!response.ok && response.status !== 304) throw await refuse(response, `${what} of ${registry}/${repository}`);
        return response;
      }
      await response.body?.cancel();
      context.progress({ step: `${registry} asks for patience: waiting ${Math.ceil(patience / 1000)} s` });
      await context.sleep(patience, context.signal);
      throwIfCancelled(context);
    }
  }

  async function sendOnce(address: string, headers: Record<string, string>, what: string, method?: 'HEAD'): Promise<Response> {
    if (context.offline) {
      throw new AppError('OFFLINE', `${what} of ${registry}/${repository} was not fetched: the network is switched off`, {
        hint: 'unset PLIMSOLL_OFFLINE',
      });
    }
    const sent = authorizer.headers();
    const { response, isOwn } = await follow(address, { ...headers, ...sent }, what, method);
    // A login is asked for by the registry alone, never by the place it sent us to.
    if (response.status === 401 && isOwn && (await authorizer.answer(response, sent.Authorization))) {
      return (await follow(address, { ...headers, ...authorizer.headers() }, what, method)).response;
    }
    return response;
  }

  /** Redirects are followed by hand so that credentials never reach another origin. */
  async function follow(
    address: string,
    headers: Record<string, string>,
    what: string,
    method?: 'HEAD',
  ): Promise<{ readonly response: Response; readonly isOwn: boolean }> {
    let at = address;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const sent = { ...headers };
      const isOwn = originOf(at) === originOf(base);
      if (!isOwn) delete sent.Authorization;
      const response = await request(at, sent, what, method);
      if (response.status === 304) return { response, isOwn };
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (location === null) return { response, isOwn };
      await response.body?.cancel();
      const target = URL.canParse(location, at) ? new URL(location, at) : new URL('about:blank');
      if (!mayAsk(target, base)) throw new AppError('REGISTRY_DENIED', `${registry} sent us on to ${target.origin}, which is not followed`);
      at = target.href;
    }
    throw new AppError('REGISTRY_UNREACHABLE', `${registry} sends us in circles for the ${what}`);
  }

  async function request(
    address: string,
    headers: Record<string, string>,
    what: string,
    method: 'GET' | 'HEAD' = 'GET',
  ): Promise<Response> {
    throwIfCancelled(context);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(new Error(`no answer within ${ANSWER_TIMEOUT / 1000} s`)), ANSWER_TIMEOUT);
    const signal = context.signal ? AbortSignal.any([context.signal, patience.signal]) : patience.signal;
    try {
      return await context.fetch(address, { method, headers, redirect: 'manual', signal });
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

  async function* bodyOf(response: Response, patience: Patience = documentPatience): AsyncGenerator<Uint8Array> {
    try {
      yield* readBody(response.body, patience);
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

function mediaTypeOf(headers: Headers): { readonly mediaType?: string } {
  const mediaType = headers.get('content-type')?.split(';')[0]?.trim();
  return mediaType ? { mediaType } : {};
}

function readTags(bytes: Uint8Array, repository: string): readonly string[] {
  const fail = (cause?: unknown) => new AppError('MANIFEST_INVALID', `the tags of ${repository} are malformed`, { cause });
  const value = parseJson(bytes, fail);
  const tags = typeof value === 'object' && value !== null && 'tags' in value ? value.tags : undefined;
  if (tags === null || tags === undefined) return [];
  if (!Array.isArray(tags) || !tags.every((tag): tag is string => typeof tag === 'string')) throw fail();
  return tags.filter((tag) => TAG.test(tag));
}

/** `<...>; rel="next"`: only on the same origin. */
function nextPage(link: string | null, address: string): string | undefined {
  const target = /^<([^>]*)>;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (target === undefined || !URL.canParse(target, address)) return undefined;
  const next = new URL(target, address);
  return next.href !== address && next.origin === new URL(address).origin ? next.href : undefined;
}
