import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { collect } from '../util/bytes.ts';
import type { Context } from '../util/context.ts';
import { AppError, isAppError, messageOf } from '../util/errors.ts';
import type { AdvisorySource, SourceDocument } from './types.ts';

/** The largest live document, npm's, has some 250 MB. */
const MAX_DOWNLOAD = 4 * 1024 ** 3;
/** A list of mirrors, an index of a repository. */
const MAX_TEXT = 1024 * 1024;

/** What a server said of the copy we keep. */
interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/**
 * Fetches a source's documents, asking only for what changed. A document that is not there (a branch that was never published) is passed
 * over; all missing is a failure. Throws `ADVISORY_FETCH_FAILED`.
 */
export async function fetchDocuments(source: AdvisorySource, folder: string, context: Context): Promise<readonly SourceDocument[]> {
  const home = path.join(folder, source.id);
  await mkdir(home, { recursive: true });
  const addresses = await addressesOf(source, context);
  const documents: SourceDocument[] = [];
  for (const [position, address] of addresses.entries()) {
    context.progress({ step: `fetching ${source.title}`, done: position / addresses.length });
    const { pathname } = new URL(address);
    const name = pathname
      .split('/')
      .slice(-2)
      .join('-')
      .replace(/[^A-Za-z0-9._-]/g, '_');
    const file = path.join(home, `${position}-${name}`);
    if (await fetchDocument(address, file, context)) documents.push({ name, file });
  }
  if (source.locate) await removeOthers(home, documents);
  if (documents.length > 0) return documents;
  throw new AppError('ADVISORY_FETCH_FAILED', `none of the documents of ${source.title} is there`, {
    hint: 'is the address overridden rightly?',
  });
}

/** False where the server does not have it. */
async function fetchDocument(address: string, file: string, context: Context): Promise<boolean> {
  const known = await readValidators(file);
  const headers = {
    ...(known.etag && { 'If-None-Match': known.etag }),
    ...(known.lastModified && { 'If-Modified-Since': known.lastModified }),
  };
  try {
    const response = await context.fetch(address, { headers, ...(context.signal && { signal: context.signal }) });
    if (response.status === 304 || response.status === 404) {
      await response.body?.cancel();
      return response.status === 304;
    }
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    await download(response.body, file);
    await writeFile(`${file}.validators`, JSON.stringify(validatorsOf(response)));
    return true;
  } catch (cause) {
    if (context.signal?.aborted) throw new AppError('CANCELLED', 'cancelled');
    if (isAppError(cause)) throw cause;
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : messageOf(cause);
    throw new AppError('ADVISORY_FETCH_FAILED', `fetching ${new URL(address).host} failed: ${why}`, { cause, hint: 'is the network up?' });
  }
}

async function download(body: NonNullable<Response['body']>, file: string): Promise<void> {
  const temporary = `${file}.part`;
  let size = 0;
  const bounded = async function* () {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_DOWNLOAD) throw new AppError('LIMIT_EXCEEDED', `the feed is larger than ${MAX_DOWNLOAD} bytes`);
      yield chunk;
    }
  };
  try {
    await pipeline(Readable.from(bounded()), createWriteStream(temporary));
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readValidators(file: string): Promise<Validators> {
  try {
    await stat(file);
    return JSON.parse(await readFile(`${file}.validators`, 'utf8')) as Validators;
  } catch {
    return {};
  }
}

function validatorsOf(response: Response): Validators {
  const etag = response.headers.get('etag');
  const lastModified = response.headers.get('last-modified');
  return { ...(etag && { etag }), ...(lastModified && { lastModified }) };
}

/** Documents whose names carry a date would pile up. */
async function removeOthers(home: string, documents: readonly SourceDocument[]): Promise<void> {
  const kept = new Set(documents.flatMap(({ file }) => [path.basename(file), `${path.basename(file)}.validators`]));
  for (const name of await readdir(home)) if (!kept.has(name)) await rm(path.join(home, name), { force: true });
}

/** Whether the user names another place for a source's documents. */
export function isOverridden({ id }: AdvisorySource, context: Context): boolean {
  return Boolean(context.env[variableOf(id)]);
}

function variableOf(id: string): string {
  return `PLIMSOLL_ADVISORY_${id.toUpperCase().replaceAll('-', '_')}`;
}

/** `PLIMSOLL_ADVISORY_DEBIAN_TRACKER=https://mirror/json` takes the place of the live addresses. */
async function addressesOf(source: AdvisorySource, context: Context): Promise<readonly string[]> {
  const { id, addresses } = source;
  const override = context.env[variableOf(id)];
  if (!override) return source.locate ? await locateAll(source, context) : addresses;
  const given = override.split(',').map((address) => address.trim());
  const wrong = given.find((address) => !isHttp(address));
  if (wrong !== undefined) throw new AppError('ADVISORY_FETCH_FAILED', `${wrong} is no http address for the source ${id}`);
  return given;
}

/** A text that is not there, of a release whose feed has ended, is passed over as a document is. */
async function locateAll(source: AdvisorySource, context: Context): Promise<readonly string[]> {
  const found: string[] = [];
  for (const address of source.addresses) {
    let missing = false;
    const read = async (from: string) => {
      const text = await fetchText(from, context);
      missing = text === undefined;
      if (text === undefined) throw new AppError('ADVISORY_FETCH_FAILED', `${from} is not there`);
      return text;
    };
    try {
      found.push(...((await source.locate?.(address, read)) ?? []));
    } catch (error) {
      if (!missing) throw error;
    }
  }
  const wrong = found.find((address) => !isHttp(address));
  if (wrong !== undefined)
    throw new AppError('ADVISORY_FETCH_FAILED', `the feed of ${source.title} leads to ${wrong}, which is no http address`);
  return found;
}

/** Undefined where the server does not have it. */
async function fetchText(address: string, context: Context): Promise<string | undefined> {
  const fail = (why: string, cause?: unknown) =>
    new AppError('ADVISORY_FETCH_FAILED', `fetching ${address} failed: ${why}`, { cause, hint: 'is the network up?' });
  if (!isHttp(address)) throw fail('it is no http address');
  try {
    const response = await context.fetch(address, context.signal ? { signal: context.signal } : {});
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    return new TextDecoder().decode(await collect(response.body, MAX_TEXT, address));
  } catch (cause) {
    if (context.signal?.aborted) throw new AppError('CANCELLED', 'cancelled');
    throw isAppError(cause) ? cause : fail(messageOf(cause), cause);
  }
}

function isHttp(address: string): boolean {
  return URL.canParse(address) && /^https?:/.test(address);
}
