import { compareVersions } from '../../version/compare.ts';
import type { VersionRange } from '../../version/range.ts';
import type { SchemeId } from '../../version/types.ts';

/** One end of an interval. */
export interface Bound {
  readonly version: string;
  readonly inclusive: boolean;
}

/** Versions between two bounds; one that is absent is no bound. */
export interface Interval {
  readonly lower?: Bound;
  readonly upper?: Bound;
}

const MAX_CONSTRAINTS = 16;

/**
 * The versions that fit every one of several constraints: `>= 2`, `< 3`, `= 2.1`, `~> 2.2.8`. Undefined where one of them cannot be read.
 * https://guides.rubygems.org/patterns/#semantic-versioning
 */
export function intervalOf(constraints: readonly string[], scheme: SchemeId): Interval | undefined {
  if (constraints.length > MAX_CONSTRAINTS) return undefined;
  let found: Interval = {};
  for (const constraint of constraints) {
    const [, sign = '=', version = ''] = /^(>=|<=|==|~>|>|<|=)?\s*(\S{1,200})$/.exec(constraint.trim()) ?? [];
    if (!/^v?\d/.test(version)) return undefined;
    for (const { lower, upper } of pieces(sign, version)) {
      if (lower && (!found.lower || compareLower(lower, found.lower, scheme) > 0)) found = { ...found, lower };
      if (upper && (!found.upper || compareUpper(upper, found.upper, scheme) < 0)) found = { ...found, upper };
    }
  }
  return found;
}

/** An interval as a range; `isFix` where its upper end, when not in it, mends what it is about. */
export function toRange({ lower, upper }: Interval, isFix: boolean): VersionRange {
  return {
    ...(lower === undefined ? { introduced: '0' } : lower.inclusive ? { introduced: lower.version } : { after: lower.version }),
    ...(upper && (upper.inclusive ? { lastAffected: upper.version } : isFix ? { fixed: upper.version } : { before: upper.version })),
  };
}

/**
 * What lies in none of the intervals: the versions that are neither patched nor unaffected. A run that ends at a patched one is fixed there.
 *
 * unaffected `< 2.0`, patched `~> 2.2.8` and `>= 3.0.1`: `>=2.0, <2.2.8` and `>=2.3, <3.0.1`.
 */
export function rangesBetween(patched: readonly Interval[], unaffected: readonly Interval[], scheme: SchemeId): readonly VersionRange[] {
  const sound = [
    ...patched.map((interval) => ({ ...interval, isFix: true })),
    ...unaffected.map((interval) => ({ ...interval, isFix: false })),
  ].sort((a, b) => compareLower(a.lower, b.lower, scheme));
  const ranges: VersionRange[] = [];
  let from: Bound | undefined;
  for (const { lower, upper, isFix } of sound) {
    if (lower && (from === undefined || isBefore(from, lower, scheme))) ranges.push(toRange(gap(from, flip(lower)), isFix));
    if (upper === undefined) return ranges;
    const next = flip(upper);
    if (from === undefined || compareLower(next, from, scheme) > 0) from = next;
  }
  ranges.push(toRange(gap(from, undefined), false));
  return ranges;
}

function pieces(sign: string, version: string): readonly Interval[] {
  switch (sign) {
    case '>=':
      return [{ lower: { version, inclusive: true } }];
    case '>':
      return [{ lower: { version, inclusive: false } }];
    case '<=':
      return [{ upper: { version, inclusive: true } }];
    case '<':
      return [{ upper: { version, inclusive: false } }];
    case '~>':
      return [{ lower: { version, inclusive: true }, upper: { version: bump(version), inclusive: false } }];
    default:
      return [{ lower: { version, inclusive: true }, upper: { version, inclusive: true } }];
  }
}

/** `2.2.8` -> `2.3`: the last number goes, the one before it counts up. */
function bump(version: string): string {
  const numbers = (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '0').split('.').slice(0, 20);
  if (numbers.length > 1) numbers.pop();
  const last = numbers.pop() ?? '0';
  return [...numbers, String(Number(last) + 1)].join('.');
}

function gap(lower: Bound | undefined, upper: Bound | undefined): Interval {
  return { ...(lower && { lower }), ...(upper && { upper }) };
}

/** The other side of a bound. */
function flip({ version, inclusive }: Bound): Bound {
  return { version, inclusive: !inclusive };
}

/** Whether something lies between where a gap begins and where the next sound interval does. */
function isBefore(from: Bound, lower: Bound, scheme: SchemeId): boolean {
  const order = compareVersions(scheme, from.version, lower.version);
  return order === -1 || (order === 0 && from.inclusive && !lower.inclusive);
}

function compareLower(a: Bound | undefined, b: Bound | undefined, scheme: SchemeId): number {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  return compareVersions(scheme, a.version, b.version) || Number(b.inclusive) - Number(a.inclusive);
}

function compareUpper(a: Bound, b: Bound, scheme: SchemeId): number {
  return compareVersions(scheme, a.version, b.version) || Number(a.inclusive) - Number(b.inclusive);
}
