import type { Cataloger } from '../../types.ts';
import { parseFileList, parseStatus } from './parse.ts';

const STATUS = 'var/lib/dpkg/status';
const STATUS_FOLDER = 'var/lib/dpkg/status.d/';
const INFO_FOLDER = 'var/lib/dpkg/info/';

/** Debian packages: dpkg's database, and the one file a package of images without dpkg. */
export const dpkg: Cataloger = {
  id: 'dpkg',
  version: 1,
  maxBytes: 64 * 1024 * 1024,
  claims(path) {
    if (path === STATUS) return true;
    if (path.startsWith(STATUS_FOLDER)) return !path.endsWith('.md5sums');
    return path.startsWith(INFO_FOLDER) && path.endsWith('.list');
  },
  catalog({ path, bytes }) {
    if (path.startsWith(INFO_FOLDER)) return parseFileList(path.slice(INFO_FOLDER.length, -'.list'.length), bytes);
    return parseStatus(bytes, { statusRequired: path === STATUS });
  },
};
