import type { Cataloger } from '../../types.ts';
import { isPackageFile } from './claims.ts';
import { parsePackageJson } from './parse.ts';

/** npm packages as they are installed: the package.json of each folder in a node_modules, and of package managers that lie elsewhere. */
export const node: Cataloger = {
  id: 'node',
  types: ['npm'],
  version: 2,
  maxBytes: 4 * 1024 * 1024,
  claims: isPackageFile,
  catalog: ({ bytes }) => parsePackageJson(bytes),
};
