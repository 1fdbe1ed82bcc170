import type { Cataloger } from '../../types.ts';
import { isDocument, readPackages } from './parse.ts';

/** Packages that documents in the image list and that nothing else in it tells of. */
export const sbom: Cataloger = {
  id: 'sbom',
  types: ['bitnami', 'generic'],
  version: 1,
  maxBytes: 32 * 1024 * 1024,
  claims: isDocument,
  catalog: ({ bytes }) => readPackages(bytes),
};
