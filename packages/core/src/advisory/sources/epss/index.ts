import { decodeText, readDocument } from '../../shared/documents.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseDate, parseScores } from './parse.ts';

const MAX_DOCUMENT = 256 * 1024 * 1024;

/** How likely each vulnerability is to be exploited within 30 days. */
export const epss: AdvisorySource = {
  id: 'epss',
  title: 'EPSS',
  license: 'free to use with attribution to FIRST',
  ecosystems: [],
  addresses: ['https://epss.empiricalsecurity.com/epss_scores-current.csv.gz'],
  recognises(_name, head) {
    const text = new TextDecoder().decode(head.subarray(0, 1024));
    return text.startsWith('#model_version') || text.startsWith('cve,epss,percentile');
  },
  async *parse(document) {
    for (const { id, epss: score } of parseScores(decodeText(await readDocument(document, MAX_DOCUMENT))))
      yield { kind: 'epss', id, epss: score };
  },
  async dateOf(document) {
    return parseDate(decodeText((await readDocument(document, MAX_DOCUMENT)).subarray(0, 1024)));
  },
};
