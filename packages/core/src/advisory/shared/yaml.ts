import { parse } from 'yaml';
import type { Context } from '../../util/context.ts';
import { isAppError, messageOf } from '../../util/errors.ts';
import type { Advisory, AdvisoryRecord, SourceDocument } from '../types.ts';
import { decodeText, jsonFiles } from './documents.ts';

/** The largest live record has some 16 KiB. */
const MAX_RECORD = 64 * 1024;
/** Folders that begin with a dot are the repository's own. */
const YAML_FILE = /^(?!(?:.*\/)?\.).*\.ya?ml$/;

/** How one collection of YAML records is read. */
export interface YamlCollection {
  /** The source's id. */
  readonly source: string;
  /** Whether a file of the collection is a record; asked of its path in an archive. */
  isRecord(name: string): boolean;
  /** An advisory; undefined where it is none of ours; what is wrong with it, as text, where it cannot be read. */
  toAdvisory(name: string, value: unknown): Advisory | undefined | string;
}

/**
 * The records of an archive of YAML files, or of one file. One that cannot be read becomes a diagnostic. Aliases are refused: no collection uses
 * them, and they are what makes a small file large.
 */
export async function* readYaml(document: SourceDocument, collection: YamlCollection, context: Context): AsyncGenerator<AdvisoryRecord> {
  for await (const { name, read } of jsonFiles(document, MAX_RECORD, YAML_FILE)) {
    if (name !== document.name && !collection.isRecord(name)) continue;
    const advisory = await readRecord(name, read, collection);
    if (typeof advisory === 'string') {
      const message = `${document.name}: ${name}: ${advisory}`;
      context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message, author: collection.source });
    } else if (advisory) yield { kind: 'advisory', advisory };
  }
}

async function readRecord(
  name: string,
  read: () => Promise<Uint8Array>,
  { toAdvisory }: YamlCollection,
): Promise<Advisory | undefined | string> {
  let value: unknown;
  try {
    value = parse(decodeText(await read()), {
      maxAliasCount: 0,
      schema: 'core',
      uniqueKeys: false,
      logLevel: 'error',
      prettyErrors: false,
    });
  } catch (error) {
    // The packing is broken, not this record.
    if (isAppError(error) && error.code !== 'LIMIT_EXCEEDED') throw error;
    return messageOf(error).split('\n')[0]?.slice(0, 200) ?? 'no YAML';
  }
  return toAdvisory(name, value);
}
