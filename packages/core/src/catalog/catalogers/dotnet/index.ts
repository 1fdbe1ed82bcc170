import type { Cataloger } from '../../types.ts';
import { parseDependencies } from './parse.ts';

/** NuGet packages of .NET programs and of the runtimes themselves. */
export const dotnet: Cataloger = {
  id: 'dotnet',
  types: ['nuget'],
  version: 1,
  maxBytes: 32 * 1024 * 1024,
  claims: (path) => path.endsWith('.deps.json'),
  catalog: ({ path, bytes }) => parseDependencies(path, bytes),
};
