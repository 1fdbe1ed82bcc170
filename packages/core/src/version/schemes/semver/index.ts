import type { VersionScheme } from '../../types.ts';
import { compareSemver, isSemver } from './compare.ts';

/** npm packages, and others that say they follow Semantic Versioning. */
export const semver: VersionScheme = { id: 'semver', valid: isSemver, compare: compareSemver };
