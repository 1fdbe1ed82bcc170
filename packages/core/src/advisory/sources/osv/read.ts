import type { Context } from '../../../util/context.ts';
import { decodeText, jsonFiles } from '../../shared/documents.ts';
import type { AdvisoryRecord, SourceDocument } from '../../types.ts';
import { parseOsv } from './parse.ts';

const MAX_RECORD = 16 * 1024 * 1024;
const HEAD = 4096;

/** The records of a file, or of each file in an archive. One that cannot be read becomes a diagnostic. */
export async function* readOsv(document: SourceDocument, context: Context): AsyncGenerator<AdvisoryRecord> {
  for await (const { name, read } of jsonFiles(document, MAX_RECORD)) {
    // Reports of malware: most of npm's feed, and none of our matter.
    if (/(?:^|\/)MAL-[^/]*$/.test(name)) continue;
    const bytes = await read();
    const advisories = parseOsv(bytes);
    if (typeof advisories === 'string') {
      // Docker's repository of advisories holds VEX documents too.
      if (name !== document.name && isOther(decodeText(bytes.subarray(0, HEAD)))) continue;
      context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message: `${document.name}: ${name}: ${advisories}`, author: 'osv' });
      continue;
    }
    for (const advisory of advisories) yield { kind: 'advisory', advisory };
  }
}

/** Whether a document is of this format, by how it begins. */
export function isOsv(head: Uint8Array): boolean {
  const text = decodeText(head);
  return /^\s*\{/.test(text) && /"affected"\s*:\s*\[/.test(text) && /"id"\s*:\s*"/.test(text) && !isOther(text);
}

/** OpenVEX and CVE records name things alike. */
function isOther(text: string): boolean {
  return text.includes('"@context"') || /"cna"\s*:/.test(text);
}
