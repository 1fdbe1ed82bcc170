import { familiarName, type Platform } from '@plimsoll/model';
import { repositoryOf } from '../../image/open.ts';
import { createRegistryClient } from '../../image/sources/registry/client.ts';
import { parseReference } from '../../oci/reference.ts';
import type { Context } from '../../util/context.ts';
import { AppError, isAppError } from '../../util/errors.ts';
import { addBases } from '../add-bases.ts';
import type { BaseFollowing, BaseIndexWriter, FollowedPlace, SyncResult } from '../types.ts';
import { literalTags, parseGlobs } from './globs.ts';
import { platformsKey } from './read-top.ts';
import { syncRepository } from './sync-repository.ts';

/** Which tags and platforms of a place are followed; what is not given stays as it was, and is everything at first. */
export interface SyncOptions {
  /** Globs: `3.*-slim`, several with commas, `!` in front leaves out. */
  readonly tags?: readonly string[];
  readonly platforms?: readonly Platform[];
}

/**
 * Follows one place, or without one every place followed before: of a repository manifests and configs of what its tags point to now, of a
 * folder or archive all images. Of many places one that fails becomes a result with its error. Throws `REQUEST_INVALID` for tags that are no
 * globs, `IMAGE_NOT_FOUND` where nothing is followed, and for one place whatever opening it throws.
 */
export async function syncBases(
  input: string | undefined,
  options: SyncOptions,
  store: BaseFollowing & BaseIndexWriter,
  context: Context,
): Promise<readonly SyncResult[]> {
  const globs = options.tags && parseGlobs(options.tags);
  if (input !== undefined) return [await syncPlace(placeOf(input, { ...options, ...(globs && { tags: globs }) }, store), store, context)];
  const places = store.followed();
  if (places.length === 0)
    throw new AppError('IMAGE_NOT_FOUND', 'no repository is followed yet', { hint: 'add one with plimsoll bases add' });
  const results: SyncResult[] = [];
  for (const place of places) {
    try {
      results.push(await syncPlace(place, store, context));
    } catch (error) {
      if (!isAppError(error) || error.code === 'CANCELLED') throw error;
      context.diagnose({ code: error.code, message: `${place.input}: ${error.message}`, author: 'bases' });
      results.push({
        input: place.input,
        images: 0,
        repositories: [],
        tags: 0,
        changed: 0,
        gone: 0,
        complete: false,
        error: error.message,
      });
    }
  }
  return results;
}

async function syncPlace(place: FollowedPlace, store: BaseFollowing & BaseIndexWriter, context: Context): Promise<SyncResult> {
  try {
    const repository = repositoryOf(place.input);
    const reference = repository === undefined ? undefined : parseReference(repository);
    if (reference && reference.digest === undefined) {
      const client = createRegistryClient(reference, context);
      return await syncRepository(place, { reference, name: place.input, platforms: place.platforms, client, store, context });
    }
    const started = context.now().toISOString();
    const added = await addBases(place.input, store, context, place);
    // One digest stays what it is: there is nothing to follow.
    if (!reference) store.follow({ ...place, state: 'done', started, synced: context.now().toISOString() });
    return { ...added, input: place.input, tags: added.images, changed: 0, gone: 0, complete: true };
  } catch (error) {
    const known = store.followed().find(({ input }) => input === place.input);
    // What never gave a tag may be a name with a slip in it: it is not followed.
    if (known && place.state === 'new' && place.synced === undefined && store.tagsOf(place.input).size === 0) store.unfollow(place.input);
    else if (known && isAppError(error) && error.code !== 'CANCELLED') {
      store.follow({ ...place, state: place.state === 'partial' ? 'partial' : 'failed', error: error.message });
    }
    throw error;
  }
}

/** What was followed before with what is wished now. A repository with a tag means that tag, beside those followed before. */
function placeOf(input: string, { tags, platforms }: SyncOptions, store: BaseFollowing): FollowedPlace {
  const repository = repositoryOf(input);
  const reference = repository === undefined ? undefined : parseReference(repository);
  const isOne = reference?.digest !== undefined;
  const key = reference && !isOne ? familiarName({ registry: reference.registry, repository: reference.repository }) : input;
  const before = store.followed().find((place) => place.input === key);
  const named = !isOne && repository?.slice(repository.lastIndexOf('/') + 1).includes(':') ? reference?.tag : undefined;
  const wanted = tags ?? (named === undefined ? (before?.tags ?? []) : withTag(before, named));
  const on = platforms ?? before?.platforms ?? [];
  const isSame = before && before.tags.join() === wanted.join() && platformsKey(before.platforms) === platformsKey(on);
  return isSame ? before : { input: key, tags: wanted, platforms: on, state: 'new', ...(before?.synced && { synced: before.synced }) };
}

function withTag(before: FollowedPlace | undefined, tag: string): readonly string[] {
  if (!before) return [tag];
  // Where all tags, or those of a pattern, are followed the pattern goes on.
  if (literalTags(before.tags) === undefined && before.tags.length === 0) return [];
  return [...new Set([...before.tags, tag])];
}
