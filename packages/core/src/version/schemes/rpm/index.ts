import type { VersionScheme } from '../../types.ts';
import { compareRpm, isRpmVersion } from './compare.ts';

/** RPM packages. */
export const rpm: VersionScheme = { id: 'rpm', valid: isRpmVersion, compare: compareRpm };
