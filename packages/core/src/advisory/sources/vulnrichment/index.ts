import type { AdvisorySource } from '../../types.ts';
import { isCveRecord, readRecords } from './read.ts';

/** What CVE records say of severities: their assigner's scores, and those that CISA adds. It decides about no package. */
export const vulnrichment: AdvisorySource = {
  id: 'vulnrichment',
  title: 'CISA Vulnrichment',
  license: 'CC0-1.0',
  // NVD's feeds have the same scores in a tenth of the bytes.
  onRequest: true,
  ecosystems: [],
  addresses: ['https://github.com/cisagov/vulnrichment/archive/refs/heads/develop.zip'],
  recognises: (_name, head) => isCveRecord(head),
  parse: readRecords,
};
