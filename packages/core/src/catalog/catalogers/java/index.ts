import { baseName } from '../../../util/path.ts';
import type { ScanningCataloger } from '../../types.ts';
import { isArchiveName } from './archive.ts';
import { scanArchive, scanProperties } from './scan.ts';

/** Maven artifacts: in jars, wars and their kin, archives in archives included, and where such an archive lies unpacked. */
export const java: ScanningCataloger = {
  id: 'java',
  types: ['maven'],
  version: 1,
  claims: (path) => isArchiveName(baseName(path)) || isLoneProperties(path),
  scan: (file) => (isLoneProperties(file.path) ? scanProperties() : scanArchive(file)),
};

function isLoneProperties(path: string): boolean {
  return path.endsWith('/pom.properties') && path.includes('META-INF/maven/');
}
