import { baseName } from '../../../util/path.ts';
import { memorySource } from '../../../util/zip.ts';
import type { Cataloger } from '../../types.ts';
import { isArchiveName, readArchive } from './archive.ts';
import { readLoneProperties } from './properties.ts';

/** Maven artifacts: in jars, wars and their kin, archives in archives included, and where such an archive lies unpacked. */
export const java: Cataloger = {
  id: 'java',
  version: 1,
  maxBytes: 256 * 1024 * 1024,
  claims: (path) => isArchiveName(baseName(path)) || isLoneProperties(path),
  catalog: ({ path, bytes }) =>
    isLoneProperties(path) ? readLoneProperties(bytes) : readArchive(path, memorySource(bytes, baseName(path))),
};

function isLoneProperties(path: string): boolean {
  return path.endsWith('/pom.properties') && path.includes('META-INF/maven/');
}
