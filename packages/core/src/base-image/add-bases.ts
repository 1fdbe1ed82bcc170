import { listImages } from '../image/open.ts';
import { type Context, throwIfCancelled } from '../util/context.ts';
import { toBaseRecord } from './record.ts';
import type { AddBasesResult, BaseIndexWriter, BaseRecord } from './types.ts';

/** Records are written in batches, so that a run that is broken off loses little. */
const BATCH = 100;

/**
 * Adds every image of a folder, archive or repository to the base index: manifests and configs only, no layer is read. An image that cannot be
 * read becomes a diagnostic, and the rest is added.
 */
export async function addBases(input: string, writer: BaseIndexWriter, context: Context): Promise<AddBasesResult> {
  const repositories = new Set<string>();
  let batch: Omit<BaseRecord, 'firstSeen' | 'lastSeen'>[] = [];
  let images = 0;
  const flush = () => {
    if (batch.length > 0) writer.add(batch, context.now().toISOString());
    batch = [];
  };
  for await (const { description } of listImages(input, context)) {
    throwIfCancelled(context);
    const record = toBaseRecord(description, { input, ref: description.name, origin: 'added' });
    repositories.add(record.repository);
    batch.push(record);
    images += 1;
    context.progress({ step: `added ${record.name}` });
    if (batch.length >= BATCH) flush();
  }
  flush();
  return { images, repositories: [...repositories].sort() };
}
