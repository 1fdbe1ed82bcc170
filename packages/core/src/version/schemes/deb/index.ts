import type { VersionScheme } from '../../types.ts';
import { compareDeb, isDebVersion } from './compare.ts';

/** Debian and Ubuntu packages. */
export const deb: VersionScheme = { id: 'deb', valid: isDebVersion, compare: compareDeb };
