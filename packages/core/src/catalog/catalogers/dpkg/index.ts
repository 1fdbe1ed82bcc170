import type { Cataloger } from '../../types.ts';
import { parseManifest } from './chisel.ts';
import { isCopyrightFile, parseCopyright } from './copyright.ts';
import { ownerOf, parseFileList, parseStatus, parseSums } from './parse.ts';

const STATUS = 'var/lib/dpkg/status';
const STATUS_FOLDER = 'var/lib/dpkg/status.d/';
const INFO_FOLDER = 'var/lib/dpkg/info/';
const MANIFEST = 'var/lib/chisel/manifest.wall';
const LIST = '.list';
const SUMS = '.md5sums';
/** Larger ones are collections of texts: nothing is lost but names of licences. */
const MAX_COPYRIGHT = 1024 * 1024;

/** Debian packages: dpkg's database, the one file a package of images without dpkg, and what chisel cut out of packages. */
export const dpkg: Cataloger = {
  id: 'dpkg',
  types: ['deb'],
  version: 2,
  maxBytes: 64 * 1024 * 1024,
  claims(path, { size }) {
    if (path === STATUS || path === MANIFEST) return true;
    if (isCopyrightFile(path)) return size > 0 && size <= MAX_COPYRIGHT;
    return path.startsWith(STATUS_FOLDER) || (path.startsWith(INFO_FOLDER) && path.endsWith(LIST));
  },
  catalog({ path, bytes }) {
    if (path === MANIFEST) return parseManifest(bytes);
    if (isCopyrightFile(path)) return parseCopyright(path, bytes);
    if (path.startsWith(INFO_FOLDER)) return parseFileList(path.slice(INFO_FOLDER.length, -LIST.length), bytes);
    if (path.endsWith(SUMS)) return parseSums(ownerOf(path.slice(STATUS_FOLDER.length, -SUMS.length)), bytes);
    return parseStatus(bytes, { statusRequired: path === STATUS });
  },
};
