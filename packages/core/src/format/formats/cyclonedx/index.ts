import type { Format } from '../../types.ts';
import { toBom } from './bom.ts';

/** CycloneDX 1.6, with the vulnerabilities. https://cyclonedx.org/docs/1.6/json/ */
export const cyclonedx: Format = {
  id: 'cyclonedx',
  title: 'CycloneDX 1.6',
  mediaType: 'application/vnd.cyclonedx+json',
  extension: 'cdx.json',
  *encode(report, version) {
    yield `${JSON.stringify(toBom(report, version), undefined, 2)}\n`;
  },
};
