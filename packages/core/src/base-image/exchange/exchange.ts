import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type Context, throwIfCancelled } from '../../util/context.ts';
import { AppError, isAppError, messageOf } from '../../util/errors.ts';
import type { BaseExchange, ExchangeEntry } from '../types.ts';
import { entrySchema, FORMAT, headerSchema, VERSION } from './schema.ts';

const MAX_LINE = 1024 * 1024;
const MAX_LINES = 10_000_000;
const BATCH = 500;
/** Lines that cannot be read and are told one by one. */
const MOST_TOLD = 20;

/** How much was carried. */
export interface ExchangeResult {
  readonly records: number;
  readonly places: number;
  readonly repositories: number;
  /** Lines that could not be read. */
  readonly skipped: number;
}

/** Writes a base index to one file: a line of JSON for each place, record and tag, gzip. Throws `OUTPUT_UNWRITABLE`. */
export async function exportBases(file: string, store: BaseExchange, context: Context): Promise<ExchangeResult> {
  const count = createCount();
  const unfinished = `${file}.part`;
  async function* lines() {
    yield `${JSON.stringify({ format: FORMAT, version: VERSION, written: context.now().toISOString() })}\n`;
    for (const entry of store.entries()) {
      throwIfCancelled(context);
      count.add(entry);
      yield `${JSON.stringify(entry)}\n`;
    }
  }
  try {
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    if (isAppError(cause)) throw cause;
    throw new AppError('OUTPUT_UNWRITABLE', `${file} cannot be written: ${messageOf(cause)}`, { cause });
  }
  return count.result(0);
}

/**
 * Merges an exported base index into this one: what was seen first stays so, what was seen later wins. A line that cannot be read becomes a
 * diagnostic and is left out. Throws `ARCHIVE_UNREADABLE` for what is no exported base index, `IMAGE_NOT_FOUND` where there is no such file.
 */
export async function importBases(file: string, store: BaseExchange, context: Context): Promise<ExchangeResult> {
  const count = createCount();
  let batch: ExchangeEntry[] = [];
  let [position, skipped] = [0, 0];
  const flush = () => {
    if (batch.length > 0) store.restore(batch);
    batch = [];
  };
  for await (const line of readLines(file)) {
    throwIfCancelled(context);
    position += 1;
    if (position > MAX_LINES) throw new AppError('LIMIT_EXCEEDED', `${file} has more than ${MAX_LINES} lines`);
    if (position === 1) {
      if (!headerSchema.safeParse(parse(line)).success) throw unreadable(file, 'its first line is another');
      continue;
    }
    if (line === '') continue;
    const entry = entrySchema.safeParse(parse(line));
    if (entry.success) {
      batch.push(entry.data);
      count.add(entry.data);
    } else {
      skipped += 1;
      const why = entry.error.issues[0];
      const message = `line ${position} of ${file} is left out: ${why?.path.join('.') || 'it'}: ${why?.message ?? 'malformed'}`;
      if (skipped <= MOST_TOLD) context.diagnose({ code: 'LINE_INVALID', message, author: 'bases' });
    }
    if (batch.length >= BATCH) {
      flush();
      context.progress({ step: `imported ${position} lines` });
    }
  }
  if (position === 0) throw unreadable(file, 'it is empty');
  flush();
  if (skipped > MOST_TOLD) {
    context.diagnose({ code: 'LINE_INVALID', message: `${skipped} lines of ${file} are left out in all`, author: 'bases' });
  }
  return count.result(skipped);
}

/** Lines of a gzip file; a line that is too long is given empty text in braces, which fits no entry. */
async function* readLines(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const input = createReadStream(file);
  const inflated = createGunzip();
  input.on('error', (error) => inflated.destroy(error));
  let rest = '';
  let tooLong = false;
  try {
    for await (const chunk of input.pipe(inflated)) {
      const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        yield tooLong || line.length > MAX_LINE ? '{}' : line;
        tooLong = false;
      }
      if (rest.length > MAX_LINE) {
        tooLong = true;
        rest = '';
      }
    }
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw isMissing ? new AppError('IMAGE_NOT_FOUND', `there is no file ${file}`, { cause }) : unreadable(file, messageOf(cause), cause);
  } finally {
    input.destroy();
  }
  if (rest !== '' || tooLong) yield tooLong ? '{}' : rest;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function unreadable(file: string, why: string, cause?: unknown): AppError {
  return new AppError('ARCHIVE_UNREADABLE', `${file} is no exported base index: ${why}`, {
    hint: 'make one with plimsoll bases export FILE',
    cause,
  });
}

function createCount() {
  let [records, places] = [0, 0];
  const repositories = new Set<string>();
  return {
    add(entry: ExchangeEntry): void {
      if (entry.kind === 'place') places += 1;
      if (entry.kind !== 'record') return;
      records += 1;
      repositories.add(entry.record.repository);
    },
    result: (skipped: number): ExchangeResult => ({ records, places, repositories: repositories.size, skipped }),
  };
}
