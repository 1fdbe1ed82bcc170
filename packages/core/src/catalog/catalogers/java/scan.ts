import { baseName } from '../../../util/path.ts';
import { inflateRaw, type ZipSource } from '../../../util/zip.ts';
import { createZipSieve } from '../../../util/zip-sieve.ts';
import type { CandidateFile, FileScan } from '../../types.ts';
import { isArchiveName, isDescription, MAX_DEPTH, MAX_INFLATED, nestedLimit, readArchive } from './archive.ts';
import { readLoneProperties } from './properties.ts';

/** Of one file, at a time: of an archive in it that is too large to be inflated, all. */
const MAX_HELD = 256 * 1024 * 1024;
const MAX_PROPERTIES = 64 * 1024;

/**
 * An archive that passes. What is no archive and no description in it is let go: classes are nearly all of it. Of a deflated archive in it
 * the same is held, as soon as that has passed.
 */
export function scanArchive({ path, size }: Pick<CandidateFile, 'path' | 'size'>): FileScan {
  const sieve = sieveOf(baseName(path), size, { depth: 0, budget: { inflatedLeft: MAX_INFLATED } });
  return {
    push(chunk) {
      sieve.push(chunk);
      return true;
    },
    end: () => readArchive(path, sieve.end()),
  };
}

function sieveOf(
  what: string,
  size: number,
  { depth, budget }: { readonly depth: number; readonly budget: { inflatedLeft: number } },
): ReturnType<typeof createZipSieve> {
  return createZipSieve({ what, size, maxKept: MAX_HELD, wants: isDescription, isZip: isArchiveName, reduce });

  /** Where it fails, the archive is held as it is, and fails when it is read: the fault is told there. */
  function reduce(packed: Uint8Array, name: string): ZipSource | undefined {
    const limit = Math.min(nestedLimit(packed.length), budget.inflatedLeft);
    if (depth >= MAX_DEPTH || limit <= 0) return undefined;
    try {
      const bytes = inflateRaw(packed, limit, packed.length * 2);
      budget.inflatedLeft -= bytes.length;
      const sieve = sieveOf(`${name} in ${what}`, bytes.length, { depth: depth + 1, budget });
      sieve.push(bytes);
      return sieve.end();
    } catch {
      budget.inflatedLeft -= limit;
      return undefined;
    }
  }
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
