import type { Cataloger } from '../../types.ts';
import { parseDatabase } from './parse.ts';

const FOLDERS = ['var/lib/rpm/', 'usr/lib/sysimage/rpm/', 'usr/share/rpm/'];
const NAMES: ReadonlySet<string> = new Set(['Packages', 'Packages.db', 'rpmdb.sqlite']);

/** RPM packages: rpm's database in each of its three kinds. */
export const rpm: Cataloger = {
  id: 'rpm',
  types: ['rpm'],
  version: 2,
  maxBytes: 512 * 1024 * 1024,
  claims(path) {
    const folder = FOLDERS.find((place) => path.startsWith(place));
    return folder !== undefined && NAMES.has(path.slice(folder.length));
  },
  catalog({ bytes }) {
    return parseDatabase(bytes);
  },
};
