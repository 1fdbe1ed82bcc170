import type { Cataloger } from '../../types.ts';
import { isCondaRecord, parseRecord } from './parse.ts';

/** Packages that conda, mamba and pixi installed into an environment. */
export const conda: Cataloger = {
  id: 'conda',
  types: ['conda'],
  version: 1,
  maxBytes: 32 * 1024 * 1024,
  claims: isCondaRecord,
  catalog: ({ bytes }) => parseRecord(bytes),
};
