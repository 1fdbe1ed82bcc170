import type { Cataloger } from '../../types.ts';
import { isPackageFile, parsePackageJson } from './parse.ts';

/** npm packages as they are installed: the package.json of each folder in a node_modules. */
export const node: Cataloger = {
  id: 'node',
  version: 1,
  maxBytes: 4 * 1024 * 1024,
  claims: isPackageFile,
  catalog: ({ bytes }) => parsePackageJson(bytes),
};
