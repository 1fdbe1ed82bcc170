import type { Format } from '../../types.ts';
import { toDocument } from './document.ts';

/** SPDX 2.3. https://spdx.github.io/spdx-spec/v2.3/ */
export const spdx: Format = {
  id: 'spdx',
  title: 'SPDX 2.3',
  mediaType: 'application/spdx+json',
  extension: 'spdx.json',
  *encode(report, version) {
    yield `${JSON.stringify(toDocument(report, version), undefined, 2)}\n`;
  },
};
