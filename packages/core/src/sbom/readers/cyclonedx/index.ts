import type { SbomReader } from '../../types.ts';
import { readBom } from './read.ts';

/** CycloneDX in JSON, 1.2 to 1.7. */
export const cyclonedx: SbomReader = {
  id: 'cyclonedx',
  title: 'CycloneDX',
  recognises: ({ bomFormat }) => bomFormat === 'CycloneDX',
  read: readBom,
};
