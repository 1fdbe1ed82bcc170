import { headOf, streamDocument } from '../../shared/documents.ts';
import { jsonElements } from '../../shared/json-elements.ts';
import type { AdvisorySource } from '../../types.ts';
import { parseNvd } from './parse.ts';

const MAX_RECORD = 4 * 1024 * 1024;
/** Years that have a feed, and some to come: what is not there yet is passed over. 2002 holds what is older. */
const YEARS = Array.from({ length: 29 }, (_, position) => 2002 + position);

/** What the National Vulnerability Database says of each CVE: texts, severities, weaknesses. It decides about no package. */
export const nvd: AdvisorySource = {
  id: 'nvd',
  title: 'National Vulnerability Database',
  license: 'public domain (a work of the United States government)',
  // What changed lately first: what is read first of a CVE is kept.
  ecosystems: [],
  addresses: ['modified', ...YEARS].map((part) => `https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-${part}.json.gz`),
  recognises(_name, head) {
    return /"format"\s*:\s*"NVD_CVE"/.test(new TextDecoder().decode(head));
  },
  async *parse(document, context) {
    const bounds = { limit: MAX_RECORD, what: document.name };
    for await (const bytes of jsonElements(streamDocument(document), 'vulnerabilities', bounds)) {
      const advisory = parseNvd(bytes);
      if (typeof advisory === 'string') {
        context.diagnose({ code: 'ADVISORY_RECORD_UNREADABLE', message: `${document.name}: ${advisory}`, author: 'nvd' });
      } else if (advisory) yield { kind: 'advisory', advisory };
    }
  },
  async dateOf(document) {
    const { head } = await headOf(document);
    const stated = /"timestamp"\s*:\s*"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})/.exec(new TextDecoder().decode(head))?.[1];
    return stated && `${stated}Z`;
  },
};
