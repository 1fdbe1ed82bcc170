import { compareVersions } from './compare.ts';
import type { SchemeId } from './types.ts';

/** One run of versions: from `introduced` (none or `0`: from the beginning), or after `after`, to before `fixed`, or to `lastAffected` inclusive, or open. */
export interface VersionRange {
  readonly introduced?: string;
  /** Begins after this version, which is not in it. */
  readonly after?: string;
  readonly fixed?: string;
  /** Ends before this version, which is not said to be a fix. */
  readonly before?: string;
  readonly lastAffected?: string;
}

/** Whether a version lies in a range. */
export function inRange(scheme: SchemeId, version: string, range: VersionRange): boolean {
  const { introduced, lastAffected } = range;
  const end = range.fixed ?? range.before;
  if (range.after !== undefined && compareVersions(scheme, version, range.after) !== 1) return false;
  if (introduced !== undefined && introduced !== '0' && compareVersions(scheme, version, introduced) === -1) return false;
  if (end !== undefined) return compareVersions(scheme, version, end) === -1;
  return lastAffected === undefined || compareVersions(scheme, version, lastAffected) !== 1;
}

/** `>=1.2, <1.4.2`; `any version` where nothing bounds it. */
export function rangeText({ introduced, after, fixed, before, lastAffected }: VersionRange): string {
  const parts: string[] = [];
  if (introduced !== undefined && introduced !== '0') parts.push(`>=${introduced}`);
  if (after !== undefined) parts.push(`>${after}`);
  const end = fixed ?? before;
  if (end !== undefined) parts.push(`<${end}`);
  else if (lastAffected !== undefined) parts.push(`<=${lastAffected}`);
  return parts.join(', ') || 'any version';
}
