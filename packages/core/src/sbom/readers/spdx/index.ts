import type { SbomReader } from '../../types.ts';
import { readDocument } from './read.ts';

/** SPDX in JSON, 2.2 and 2.3. */
export const spdx: SbomReader = {
  id: 'spdx',
  title: 'SPDX',
  recognises: ({ spdxVersion }) => typeof spdxVersion === 'string' && spdxVersion.startsWith('SPDX-2.'),
  read: readDocument,
};
