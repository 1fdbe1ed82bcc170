import { decodeText, headOf, jsonFiles, streamDocument } from '../../shared/documents.ts';
import { linesOf } from '../../shared/lines.ts';
import type { AdvisorySource, SourceDocument } from '../../types.ts';
import { parseCompact, parseCve } from './parse.ts';

const MAX_RECORD = 8 * 1024 * 1024;
const MAX_LINE = 1024 * 1024;
const RECORD = /"dataType"\s*:\s*"CVE_RECORD"/;
const COMPACT = /^\{"id":"CVE-[^\n]{0,20000}"cna":\{"cvss":\[/;

/** What CVE records say of severities: their assigner's scores, and those that CISA adds. It decides about no package. */
export const vulnrichment: AdvisorySource = {
  id: 'vulnrichment',
  title: 'CISA Vulnrichment',
  license: 'CC0-1.0',
  // NVD's feeds have the same scores in a tenth of the bytes.
  onRequest: true,
  addresses: ['https://github.com/cisagov/vulnrichment/archive/refs/heads/develop.zip'],
  recognises(_name, head) {
    const text = decodeText(head);
    return RECORD.test(text) || COMPACT.test(text);
  },
  async *parse(document, context) {
    for await (const { where, advisory } of recordsOf(document)) {
      if (typeof advisory === 'string') {
        context.diagnose({
          code: 'ADVISORY_RECORD_UNREADABLE',
          message: `${document.name}: ${where}: ${advisory}`,
          author: 'vulnrichment',
        });
      } else if (advisory) yield { kind: 'advisory', advisory };
    }
  },
};

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
