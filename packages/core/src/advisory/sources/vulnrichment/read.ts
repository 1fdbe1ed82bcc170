import type { Context } from '../../../util/context.ts';
import { decodeText, headOf, jsonFiles, streamDocument } from '../../shared/documents.ts';
import { linesOf } from '../../shared/lines.ts';
import type { AdvisoryRecord, SourceDocument } from '../../types.ts';
import { parseCompact, parseCve } from './parse.ts';

const MAX_RECORD = 8 * 1024 * 1024;
const MAX_LINE = 1024 * 1024;
const RECORD = /"dataType"\s*:\s*"CVE_RECORD"/;
const COMPACT = /^\{"id":"CVE-[^\n]{0,20000}"cna":\{"cvss":\[/;

/** Whether a document holds CVE records, by how it begins. */
export function isCveRecord(head: Uint8Array): boolean {
  const text = decodeText(head);
  return RECORD.test(text) || COMPACT.test(text);
}

/** The records of a file, of each file in an archive, or of each line. One that cannot be read becomes a diagnostic. */
export async function* readRecords(document: SourceDocument, context: Context): AsyncGenerator<AdvisoryRecord> {
  for await (const { where, advisory } of recordsOf(document)) {
    if (typeof advisory === 'string') {
      context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message: `${document.name}: ${where}: ${advisory}`, author: 'vulnrichment' });
    } else if (advisory) yield { kind: 'advisory', advisory };
  }
}

async function* recordsOf(document: SourceDocument): AsyncGenerator<{ where: string; advisory: ReturnType<typeof parseCve> }> {
  if (COMPACT.test(decodeText((await headOf(document)).head))) {
    let number = 0;
    for await (const line of linesOf(streamDocument(document), { limit: MAX_LINE, what: document.name })) {
      number += 1;
      if (line !== '') yield { where: `line ${number}`, advisory: parseCompact(line) };
    }
    return;
  }
  for await (const { name, read } of jsonFiles(document, MAX_RECORD)) {
    // Beside the records lie lists of what changed.
    if (name !== document.name && !/(?:^|\/)CVE-\d{4}-\d{4,19}\.json$/.test(name)) continue;
    yield { where: name, advisory: parseCve(decodeText(await read())) };
  }
}
