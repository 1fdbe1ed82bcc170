import type { VersionScheme } from '../../types.ts';
import { compareApk, isApkVersion } from './compare.ts';

/** Alpine packages. */
export const apk: VersionScheme = { id: 'apk', valid: isApkVersion, compare: compareApk };
