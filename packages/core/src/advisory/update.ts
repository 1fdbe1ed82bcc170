import { readRange } from '../util/bytes.ts';
import type { Context } from '../util/context.ts';
import { AppError, isAppError, messageOf } from '../util/errors.ts';
import { createHasher } from '../util/hash.ts';
import { collectDocuments } from './collect.ts';
import { fetchDocuments, isOverridden } from './fetch.ts';
import { advisorySources } from './registry.ts';
import type { AdvisoryRecord, AdvisorySink, AdvisorySource, SourceDocument, UpdateResult } from './types.ts';

/** What to update, and from where. */
export interface UpdateOptions {
  /** Source ids; where none is given, all that have a document in `from`, or of the live feeds those that are not `onRequest`. */
  readonly sources?: readonly string[];
  /** A file, or a folder of files, in the feeds' layouts, instead of the live feeds. */
  readonly from?: string;
  /** Marks the data as the built-in sample. */
  readonly sample?: boolean;
  /** Where downloads are kept, so that unchanged feeds are not fetched again. */
  readonly folder: string;
}

/**
 * Brings the advisory database up to date, source by source, each in one transaction. A source that fails keeps its data and does not stop
 * the others; one whose documents did not change is not parsed again.
 * Throws `SOURCE_UNKNOWN`, `OFFLINE`, and `ADVISORY_FORMAT_UNKNOWN` where nothing in `from` is recognised.
 */
export async function updateAdvisories(options: UpdateOptions, sink: AdvisorySink, context: Context): Promise<readonly UpdateResult[]> {
  const sources = chooseSources(options, context);
  if (options.from !== undefined) {
    const found = await collectDocuments(options.from, advisorySources, context);
    const chosen = [...found].filter(([source]) => sources.includes(source));
    if (chosen.length === 0) {
      throw new AppError('ADVISORY_FORMAT_UNKNOWN', `nothing in ${options.from} is of ${sources.map(({ id }) => id).join(', ')}`, {
        hint: `there is data of ${[...found.keys()].map(({ id }) => id).join(', ')}`,
      });
    }
    const results: UpdateResult[] = [];
    for (const [source, documents] of chosen) results.push(await updateSource(source, async () => documents, options, sink, context));
    return results;
  }
  if (context.offline) {
    throw new AppError('OFFLINE', 'the feeds were not fetched: the network is switched off', {
      hint: 'unset PLIMSOLL_OFFLINE, or take files with --from',
    });
  }
  const results: UpdateResult[] = [];
  for (const source of sources) {
    results.push(await updateSource(source, () => fetchDocuments(source, options.folder, context), options, sink, context));
  }
  return results;
}

async function updateSource(
  source: AdvisorySource,
  getDocuments: () => Promise<readonly SourceDocument[]>,
  options: UpdateOptions,
  sink: AdvisorySink,
  context: Context,
): Promise<UpdateResult> {
  const { id, title, license } = source;
  try {
    context.progress({ step: `fetching ${title}` });
    const documents = await getDocuments();
    const fingerprint = await fingerprintOf(documents);
    if (fingerprint === sink.fingerprintOf(id)) return { source: id, state: 'unchanged', records: 0 };
    context.progress({ step: `reading ${title}` });
    const dates = await Promise.all(documents.map(async (document) => source.dateOf?.(document)));
    const date = dates
      .filter((found) => found !== undefined)
      .sort()
      .at(-1);
    const state = { fingerprint, updated: context.now().toISOString(), ...(date && { date }) };
    const records = await sink.replace(
      { id, title, license, sample: options.sample ?? false },
      state,
      recordsOf(source, documents, context),
    );
    return { source: id, state: 'updated', records };
  } catch (error) {
    if (isAppError(error, 'CANCELLED') || context.signal?.aborted) throw error;
    const message = isAppError(error) ? `${error.code}: ${error.message}` : messageOf(error);
    sink.fail({ id, title, license }, message);
    return { source: id, state: 'failed', records: 0, error: message };
  }
}

/** Throws `ADVISORY_UNREADABLE` where there is not one: an error page in place of a feed must not empty the database. */
async function* recordsOf(source: AdvisorySource, documents: readonly SourceDocument[], context: Context): AsyncGenerator<AdvisoryRecord> {
  let empty = true;
  for (const document of documents) {
    for await (const record of source.parse(document, context)) {
      if (context.signal?.aborted) throw new AppError('CANCELLED', 'cancelled');
      empty = false;
      yield record;
    }
  }
  if (empty) throw new AppError('ADVISORY_UNREADABLE', `${source.title} gave no record that is matched here; what was known stays`);
}

async function fingerprintOf(documents: readonly SourceDocument[]): Promise<string> {
  const hasher = createHasher();
  for (const { name, file } of documents.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    hasher.update(new TextEncoder().encode(`${name}\n`));
    for await (const chunk of readRange(file)) hasher.update(chunk);
  }
  return hasher.digest();
}

function chooseSources({ sources: wanted, from }: UpdateOptions, context: Context): readonly AdvisorySource[] {
  if (!wanted || wanted.length === 0) {
    const sources: readonly AdvisorySource[] = advisorySources;
    return sources.filter((source) => from !== undefined || !source.onRequest || isOverridden(source, context));
  }
  return wanted.map((id) => {
    const found = advisorySources.find((source) => source.id === id);
    if (found) return found;
    throw new AppError('SOURCE_UNKNOWN', `there is no advisory source ${id}`, {
      hint: `there are ${advisorySources.map((source) => source.id).join(', ')}`,
    });
  });
}
