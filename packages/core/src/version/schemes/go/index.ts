import type { VersionScheme } from '../../types.ts';
import { compareGo, isGoVersion } from './compare.ts';

/** Go modules, and the Go toolchain with its standard library. */
export const go: VersionScheme = { id: 'go', valid: isGoVersion, compare: compareGo };
