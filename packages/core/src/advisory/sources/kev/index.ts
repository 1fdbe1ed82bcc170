import { readDocument } from '../../shared/documents.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseKev } from './parse.ts';

const MAX_DOCUMENT = 64 * 1024 * 1024;

/** Vulnerabilities that are known to be exploited, as CISA lists them. */
export const kev: AdvisorySource = {
  id: 'kev',
  title: 'CISA known exploited vulnerabilities',
  license: 'CC0-1.0',
  ecosystems: [],
  addresses: ['https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json'],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head);
    return text.includes('"catalogVersion"') && /"vulnerabilities"\s*:\s*\[/.test(text);
  },
  async *parse(document) {
    for (const { id, kev: entry } of parseKev(await readDocument(document, MAX_DOCUMENT)).entries) yield { kind: 'kev', id, kev: entry };
  },
  async dateOf(document) {
    return parseKev(await readDocument(document, MAX_DOCUMENT)).date;
  },
};
