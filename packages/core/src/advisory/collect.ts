import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../util/context.ts';
import { AppError } from '../util/errors.ts';
import { headsOf } from './shared/documents.ts';
import type { AdvisorySource, SourceDocument } from './types.ts';

const MAX_FILES = 10_000;
const MAX_DEPTH = 8;
const ENDINGS = [
  '.json',
  '.json.gz',
  '.zip',
  '.csv',
  '.csv.gz',
  '.xml',
  '.xml.gz',
  '.xml.bz2',
  '.tar.zst',
  '.tar.gz',
  '.tgz',
  '.jsonl',
  '.jsonl.gz',
  '.yml',
  '.yaml',
];

/**
 * Finds documents of the sources in a file or a folder, recognised by what they hold. Files that no source recognises are passed over and
 * said. Throws `ADVISORY_FORMAT_UNKNOWN` where none is recognised.
 */
export async function collectDocuments(
  from: string,
  sources: readonly AdvisorySource[],
  context: Context,
): Promise<ReadonlyMap<AdvisorySource, readonly SourceDocument[]>> {
  const found = new Map<AdvisorySource, SourceDocument[]>();
  for (const document of await listDocuments(from)) {
    const source = await recognise(document, sources);
    if (source) found.set(source, [...(found.get(source) ?? []), document]);
    else
      context.diagnose({
        code: 'ADVISORY_FORMAT_UNKNOWN',
        message: `${document.file} was passed over: its layout is not known`,
        author: 'advisory',
      });
  }
  if (found.size > 0) return found;
  throw new AppError('ADVISORY_FORMAT_UNKNOWN', `nothing in ${from} is of a layout that is known`, {
    hint: 'take OSV all.zip, the Debian tracker JSON, Alpine secdb JSON, CISA KEV JSON or EPSS csv.gz',
  });
}

async function recognise(document: SourceDocument, sources: readonly AdvisorySource[]): Promise<AdvisorySource | undefined> {
  for await (const { name, head } of headsOf(document)) {
    const source = sources.find((candidate) => candidate.recognises(name, head));
    if (source) return source;
  }
  return undefined;
}

async function listDocuments(from: string): Promise<readonly SourceDocument[]> {
  const found = await stat(from).catch(() => undefined);
  if (!found) throw new AppError('ADVISORY_FETCH_FAILED', `there is no file or folder ${from}`);
  if (!found.isDirectory()) return [{ name: path.basename(from), file: from }];
  const documents: SourceDocument[] = [];
  await walk(from, 0);
  return documents;

  async function walk(folder: string, depth: number): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && depth < MAX_DEPTH) await walk(file, depth + 1);
      else if (entry.isFile() && ENDINGS.some((ending) => entry.name.endsWith(ending))) {
        documents.push({ name: path.relative(from, file), file });
        if (documents.length > MAX_FILES) throw new AppError('LIMIT_EXCEEDED', `${from} holds more than ${MAX_FILES} files`);
      }
    }
  }
}
