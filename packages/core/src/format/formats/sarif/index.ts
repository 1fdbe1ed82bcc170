import type { Format } from '../../types.ts';
import { toLog } from './log.ts';

/** SARIF 2.1.0, for code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const sarif: Format = {
  id: 'sarif',
  title: 'SARIF 2.1.0',
  mediaType: 'application/sarif+json',
  extension: 'sarif.json',
  *encode(report, version) {
    yield `${JSON.stringify(toLog(report, version), undefined, 2)}\n`;
  },
};
