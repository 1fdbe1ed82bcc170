import type { Cataloger } from '../../types.ts';
import { parseInstalled } from './parse.ts';

/** Alpine packages: the database of apk, in its old place and its new one. */
export const apk: Cataloger = {
  id: 'apk',
  types: ['apk'],
  version: 1,
  maxBytes: 128 * 1024 * 1024,
  claims: (path) => path === 'lib/apk/db/installed' || path === 'usr/lib/apk/db/installed',
  catalog: ({ bytes }) => parseInstalled(bytes),
};
