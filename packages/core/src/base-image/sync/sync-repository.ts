import type { Digest } from '@plimsoll/model';
import type { FetchedManifest } from '../../image/sources/registry/client.ts';
import { isNearlyUsed } from '../../image/sources/registry/rate-limit.ts';
import { mapConcurrent } from '../../util/concurrency.ts';
import { throwIfCancelled } from '../../util/context.ts';
import { isAppError, messageOf } from '../../util/errors.ts';
import type { FollowedPlace, NewBaseRecord, SyncResult, TagSeen } from '../types.ts';
import { fitsGlobs, literalTags } from './globs.ts';
import { isRefusal, platformsKey, type Repository, readTop, toNew, underTag } from './read-top.ts';

/** Requests at work at once, tags written at once, refusals after which it is no use to go on. */
const AT_ONCE = 4;
const BATCH = 40;
const MOST_REFUSALS = 5;
/** A run that was broken off longer ago than this begins anew. */
const RESUME_MS = 24 * 3600_000;
/** Tags that carry signatures and attestations for registries without referrers. */
const REFERRER_TAG = /^sha(?:256|512)-[0-9a-f]{64}/;

/**
 * Looks at every wanted tag of a repository: one HEAD each, and for each digest that is new the index once and manifest and config of each
 * wanted platform. What is found is kept in batches; a run that is broken off (by the registry's limit, by a fault, by the person) goes on
 * from there.
 */
export async function syncRepository(place: FollowedPlace, at: Repository): Promise<SyncResult> {
  const { store, context, client, name } = at;
  const now = () => context.now().toISOString();
  const started = resumed(place, context.now()) ?? now();
  store.follow(withState(place, { state: 'partial', started }));
  const literal = literalTags(place.tags);
  const listed = literal ?? (await client.tags());
  const wanted = listed.filter((tag) => !REFERRER_TAG.test(tag) && fitsGlobs(tag, place.tags));
  const known = store.tagsOf(name);
  const platforms = platformsKey(place.platforms);
  const reading = new Map<Digest, Promise<readonly NewBaseRecord[]>>();
  const present = new Set(listed);
  const lost = literal ? [] : [...known.values()].filter(({ tag, gone }) => gone === undefined && !present.has(tag)).map(({ tag }) => tag);
  const done = (tag: string) => started === place.started && (known.get(tag)?.checked ?? '') >= started && !known.get(tag)?.gone;
  const left = wanted.filter((tag) => !done(tag));
  let [images, changed, refusals, tellsDigest] = [0, 0, 0, true];
  let stopped: string | undefined;

  for (let from = 0; from < left.length && stopped === undefined; from += BATCH) {
    const batch = left.slice(from, from + BATCH);
    context.progress({ step: `${name}: tag ${from + 1} of ${left.length}`, done: from / left.length });
    const seen = await mapConcurrent(batch, AT_ONCE, look);
    store.seeTags(
      name,
      seen.filter((tag) => tag !== undefined),
      { at: now(), platforms },
    );
  }
  store.loseTags(name, [...new Set(lost)], now());
  const complete = stopped === undefined && refusals === 0;
  const error = stopped ?? (complete ? undefined : `${refusals} of ${left.length} tags could not be read`);
  store.follow(
    withState(place, { state: complete ? 'done' : 'partial', started, ...(complete && { synced: now() }), ...(error && { error }) }),
  );
  return {
    input: place.input,
    images,
    repositories: [name],
    tags: wanted.length,
    changed,
    gone: new Set(lost).size,
    complete,
    ...(error && { error }),
  };

  /** One tag; undefined where it is gone, could not be read, or nothing more is asked. */
  async function look(tag: string): Promise<TagSeen | undefined> {
    throwIfCancelled(context);
    if (stopped !== undefined || mustStop()) return undefined;
    try {
      const seen = await ask(tag);
      if (seen && known.get(tag)?.digest !== seen.digest) changed += 1;
      return seen;
    } catch (error) {
      if (!isAppError(error) || error.code === 'CANCELLED') throw error;
      if (error.code === 'IMAGE_NOT_FOUND') {
        if (known.has(tag) && !known.get(tag)?.gone) lost.push(tag);
        if (literal) context.diagnose({ code: error.code, message: `${name}:${tag} is not there`, author: 'bases' });
        return undefined;
      }
      if (isRefusal(error)) refusals += 1;
      if (error.code === 'REGISTRY_RATE_LIMITED' || refusals >= MOST_REFUSALS) {
        if (stopped === undefined) stop(error.hint === undefined ? messageOf(error) : `${messageOf(error)} (${error.hint})`, error.code);
        return undefined;
      }
      context.diagnose({ code: error.code, message: `${name}:${tag}: ${error.message}`, author: 'bases' });
      return undefined;
    }
  }

  async function ask(tag: string): Promise<TagSeen | undefined> {
    const before = known.get(tag);
    const kept = before && store.knownTop(name, before.digest, platforms);
    const head = tellsDigest ? await client.head(tag) : {};
    if (head.digest === undefined) {
      tellsDigest = false; // this registry tells no digest ahead: its ETag tells whether there is another
      const fetched = await client.manifestUnless(tag, kept && before?.etag);
      if (!fetched && before && kept) return keep({ tag, digest: before.digest, ...(before.etag && { etag: before.etag }) }, kept.length);
      if (!fetched) return undefined;
      const { digest } = fetched.descriptor;
      const seen = { tag, digest, ...(fetched.etag && { etag: fetched.etag }) };
      return kept && before?.digest === digest ? keep(seen, kept.length) : withRecords(seen, await recordsOf(digest, fetched));
    }
    const { digest, lastModified } = head;
    if (kept && before?.digest === digest) return keep({ tag, digest }, kept.length);
    return withRecords({ tag, digest }, await recordsOf(digest), lastModified);
  }

  function keep(seen: TagSeen, count: number): TagSeen {
    images += count;
    return seen;
  }

  function withRecords(seen: TagSeen, records: readonly NewBaseRecord[], pushed?: string): TagSeen {
    return keep({ ...seen, records: records.map((record) => underTag(record, at, seen.tag, seen.digest, pushed)) }, records.length);
  }

  /** Read once, however many tags point to it. */
  function recordsOf(digest: Digest, fetched?: FetchedManifest): Promise<readonly NewBaseRecord[]> {
    const found = reading.get(digest) ?? read(digest, fetched);
    reading.set(digest, found);
    return found;
  }

  async function read(digest: Digest, fetched: FetchedManifest | undefined): Promise<readonly NewBaseRecord[]> {
    const before = store.knownTop(name, digest, platforms);
    if (before?.every(({ chains }) => chains !== undefined)) return before.map((record) => toNew(record, at.reference));
    return readTop(at, fetched ?? (await client.manifest(digest)));
  }

  function mustStop(): boolean {
    const limit = client.limit();
    if (!limit || !isNearlyUsed(limit)) return false;
    const when = limit.until === undefined ? 'later' : `after ${limit.until}`;
    stop(`${limit.remaining} requests are left of what the registry allows; go on ${when}`, 'REGISTRY_RATE_LIMITED');
    return true;
  }

  function stop(why: string, code: string): void {
    stopped = why;
    const message = `following ${name} was broken off: ${why}; plimsoll bases sync ${name} goes on from there`;
    context.diagnose({ code, message, author: 'bases' });
  }
}

function resumed({ state, started }: FollowedPlace, now: Date): string | undefined {
  return state === 'partial' && started !== undefined && now.getTime() - Date.parse(started) < RESUME_MS ? started : undefined;
}

function withState(place: FollowedPlace, state: Pick<FollowedPlace, 'state' | 'started' | 'synced' | 'error'>): FollowedPlace {
  const { error: _, ...rest } = place;
  return { ...rest, ...state };
}
