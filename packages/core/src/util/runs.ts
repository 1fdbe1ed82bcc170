import { AppError } from './errors.ts';
import type { ZipSource } from './zip.ts';

const MAX_RUNS = 100_000;
const SMALLEST = 256;
/** What follows a run of fewer bytes is added to it. */
const MERGED = 64 * 1024;

interface Run {
  readonly begin: number;
  bytes: Buffer;
  length: number;
}

/**
 * Parts of a file, in order, as they are told to be kept: together no more than `maxKept` bytes, else `LIMIT_EXCEEDED`. The source they make
 * gives what was kept, throws `ARCHIVE_UNREADABLE` for what was not, and peeks zeros there.
 */
export function createRuns({ what, size, maxKept }: { readonly what: string; readonly size: number; readonly maxKept: number }): {
  /** Room for bytes that are to come at a place: as many as are said to, if the file has them. */
  reserve(place: number, length: number): void;
  add(place: number, bytes: Buffer): void;
  /** What was added since a place, in the last run. */
  last(place: number): Buffer;
  /** Forgets what was added since then. */
  cut(place: number): void;
  source(): ZipSource;
} {
  const runs: Run[] = [];
  let kept = 0;

  return {
    reserve(place, length) {
      const wanted = Math.max(SMALLEST, Math.min(length, size - place));
      if (kept + wanted > maxKept + SMALLEST) throw tooMuch();
      const last = runs.at(-1);
      if (last && last.begin + last.length === place && last.length < MERGED) {
        grow(last, last.length + wanted);
        return;
      }
      if (last) trim(last);
      if (runs.length >= MAX_RUNS) throw new AppError('LIMIT_EXCEEDED', `${what} has more than ${MAX_RUNS} parts to hold`);
      runs.push({ begin: place, bytes: Buffer.allocUnsafeSlow(wanted), length: 0 });
    },
    add(place, bytes) {
      const run = runs.at(-1);
      if (bytes.length === 0) return;
      if (!run || run.begin + run.length !== place) throw new TypeError('bytes are added in order, where room is');
      kept += bytes.length;
      if (kept > maxKept) throw tooMuch();
      grow(run, run.length + bytes.length);
      bytes.copy(run.bytes, run.length);
      run.length += bytes.length;
    },
    last(place) {
      const run = runs.at(-1);
      return run && place >= run.begin ? run.bytes.subarray(place - run.begin, run.length) : Buffer.alloc(0);
    },
    cut(place) {
      const run = runs.at(-1);
      if (!run || place < run.begin || place >= run.begin + run.length) return;
      kept -= run.begin + run.length - place;
      run.length = place - run.begin;
      trim(run);
    },
    source: () => ({ what, size, read: (place, length) => read(place, length, false), peek: (place, length) => read(place, length, true) }),
  };

  function tooMuch(): AppError {
    return new AppError('LIMIT_EXCEEDED', `more than ${maxKept} bytes of ${what} would have to be held`);
  }

  function read(place: number, length: number, holes: boolean): Buffer {
    let index = indexOf(place);
    const first = runs[index];
    if (first && place >= first.begin && place + length <= first.begin + first.length) {
      return first.bytes.subarray(place - first.begin, place - first.begin + length);
    }
    const bytes = Buffer.alloc(length);
    let filled = 0;
    for (; index < runs.length; index += 1) {
      const run = runs[index];
      if (!run || run.begin >= place + length) break;
      const from = Math.max(place, run.begin);
      const to = Math.min(place + length, run.begin + run.length);
      if (to <= from) continue;
      run.bytes.copy(bytes, from - place, from - run.begin, to - run.begin);
      filled += to - from;
    }
    if (filled < length && !holes) throw new AppError('ARCHIVE_UNREADABLE', `the headers of ${what} do not say what its directory says`);
    return bytes;
  }

  /** The last run that begins at a place or before it. */
  function indexOf(place: number): number {
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((runs[middle]?.begin ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}

function grow(run: Run, length: number): void {
  if (length <= run.bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(length, run.bytes.length * 2));
  run.bytes.copy(larger, 0, 0, run.length);
  run.bytes = larger;
}

/** A run that is complete keeps no room it does not need. */
function trim(run: Run): void {
  if (run.bytes.length - run.length > Math.max(SMALLEST, run.length / 4)) run.bytes = Buffer.from(run.bytes.subarray(0, run.length));
}
