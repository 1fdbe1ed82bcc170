import type { Platform } from '@plimsoll/model';
import { connectEngine } from '../engine/connect.ts';
import { listImages } from '../image/open.ts';
import { fitsPlatform } from '../oci/platform.ts';
import { type Context, throwIfCancelled } from '../util/context.ts';
import { toBaseRecord } from './record.ts';
import { fitsGlobs } from './sync/globs.ts';
import type { AddBasesResult, BaseIndexWriter, NewBaseRecord } from './types.ts';

/** Records are written in batches, so that a run that is broken off loses little. */
const BATCH = 100;

/**
 * Adds every image of a folder or archive (or the one of a digest) to the base index: manifests and configs only, no layer is read. An image
 * that cannot be read becomes a diagnostic, and the rest is added. `tags` are globs; without tags and platforms all are meant.
 */
export async function addBases(
  input: string,
  writer: BaseIndexWriter,
  context: Context,
  wanted: { readonly tags?: readonly string[]; readonly platforms?: readonly Platform[] } = {},
): Promise<AddBasesResult> {
  const { tags = [], platforms = [] } = wanted;
  const seen = context.now().toISOString();
  const repositories = new Set<string>();
  let batch: NewBaseRecord[] = [];
  let images = 0;
  const flush = () => {
    if (batch.length > 0) writer.add(batch, seen);
    batch = [];
  };
  for await (const { description } of listImages(input, context, { engine: connectEngine })) {
    throwIfCancelled(context);
    const { reference, digest, platform } = description;
    // What lies in a registry is read again by its digest; what lies in a folder by its name there.
    const again =
      description.source === 'registry' && reference
        ? { input: `${reference.registry}/${reference.repository}@${digest}` }
        : { input, ref: description.name };
    const record = toBaseRecord(description, { ...again, origin: 'added' });
    if (!fitsGlobs(record.tag, tags) || (platforms.length > 0 && !platforms.some((want) => fitsPlatform(platform, want)))) continue;
    repositories.add(record.repository);
    batch.push(record);
    images += 1;
    context.progress({ step: `added ${record.name}` });
    if (batch.length >= BATCH) flush();
  }
  flush();
  return { images, repositories: [...repositories].sort() };
}
