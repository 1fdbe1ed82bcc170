import { baseName } from '../../../util/path.ts';
import { createZipSieve } from '../../../util/zip-sieve.ts';
import type { CandidateFile, FileScan } from '../../types.ts';
import { isArchiveName, isDescription, readArchive } from './archive.ts';
import { readLoneProperties } from './properties.ts';

/** Of one file, at a time: deflated archives in it are held until its directory is there. */
const MAX_HELD = 256 * 1024 * 1024;
const MAX_PROPERTIES = 64 * 1024;

/** An archive that passes. What is no archive and no description in it is let go: classes are nearly all of it. */
export function scanArchive({ path, size }: Pick<CandidateFile, 'path' | 'size'>): FileScan {
  const sieve = createZipSieve({ what: baseName(path), size, maxKept: MAX_HELD, wants: isDescription, isZip: isArchiveName });
  return {
    push(chunk) {
      sieve.push(chunk);
      return true;
    },
    end: () => readArchive(path, sieve.end()),
  };
}

/** The `pom.properties` of an archive that lies unpacked; a long one is none. */
export function scanProperties(): FileScan {
  const pieces: Buffer[] = [];
  let length = 0;
  return {
    push(chunk) {
      length += chunk.length;
      if (length > MAX_PROPERTIES) return false;
      pieces.push(Buffer.from(chunk));
      return true;
    },
    end: () => (length > MAX_PROPERTIES ? [] : readLoneProperties(Buffer.concat(pieces))),
  };
}
