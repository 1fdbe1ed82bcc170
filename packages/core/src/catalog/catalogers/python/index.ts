import type { Cataloger } from '../../types.ts';
import { isMetadataFile, parseMetadata } from './parse.ts';

/** Python distributions as they are installed: dist-info and egg-info. */
export const python: Cataloger = {
  id: 'python',
  types: ['pypi'],
  version: 2,
  maxBytes: 4 * 1024 * 1024,
  claims: isMetadataFile,
  catalog: ({ bytes }) => parseMetadata(bytes),
};
