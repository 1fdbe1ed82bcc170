import type { VersionScheme } from '../../types.ts';
import { compareMaven, isMavenVersion } from './compare.ts';

/** Maven artifacts. */
export const maven: VersionScheme = { id: 'maven', valid: isMavenVersion, compare: compareMaven };
