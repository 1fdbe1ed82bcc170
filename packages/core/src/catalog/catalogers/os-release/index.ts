import { parseOsRelease } from '../../../distro/os-release.ts';
import { decode } from '../../shared/text.ts';
import type { Cataloger } from '../../types.ts';

/** The distribution. */
export const osRelease: Cataloger = {
  id: 'os-release',
  types: [],
  version: 1,
  maxBytes: 64 * 1024,
  claims: (path) => path === 'etc/os-release' || path === 'usr/lib/os-release',
  *catalog({ bytes }) {
    const distro = parseOsRelease(decode(bytes));
    if (distro) yield { kind: 'distro', distro };
  },
};
