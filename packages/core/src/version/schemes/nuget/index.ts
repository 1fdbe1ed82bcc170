import type { VersionScheme } from '../../types.ts';
import { compareNuget, isNugetVersion } from './compare.ts';

/** .NET packages of NuGet. */
export const nuget: VersionScheme = { id: 'nuget', valid: isNugetVersion, compare: compareNuget };
