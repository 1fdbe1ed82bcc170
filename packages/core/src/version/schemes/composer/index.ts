import type { VersionScheme } from '../../types.ts';
import { compareComposer, isComposerVersion } from './compare.ts';

/** PHP packages of Composer. */
export const composer: VersionScheme = { id: 'composer', valid: isComposerVersion, compare: compareComposer };
