import type { Cataloger } from '../../types.ts';
import { isInstalledFile, parseInstalled } from './parse.ts';

/** PHP packages as Composer installed them. */
export const php: Cataloger = {
  id: 'php',
  types: ['composer'],
  version: 1,
  maxBytes: 32 * 1024 * 1024,
  claims: isInstalledFile,
  catalog: ({ bytes }) => parseInstalled(bytes),
};
