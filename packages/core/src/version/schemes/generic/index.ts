import type { VersionScheme } from '../../types.ts';
import { compareGeneric, isGenericVersion } from './compare.ts';

/** Programs that no package manager installed. */
export const generic: VersionScheme = { id: 'generic', valid: isGenericVersion, compare: compareGeneric };
