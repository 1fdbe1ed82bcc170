import type { VersionScheme } from '../../types.ts';
import { comparePep440, isPep440 } from './compare.ts';

/** Python distributions. */
export const pep440: VersionScheme = { id: 'pep440', valid: isPep440, compare: comparePep440 };
