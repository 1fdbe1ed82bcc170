import type { VersionScheme } from '../../types.ts';
import { compareGem, isGemVersion } from './compare.ts';

/** Ruby gems. */
export const gem: VersionScheme = { id: 'gem', valid: isGemVersion, compare: compareGem };
