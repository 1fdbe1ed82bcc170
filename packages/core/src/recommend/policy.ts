import type { BaseRecord } from '../base-image/types.ts';
import { fitsPattern } from '../util/pattern.ts';
import type { BasePolicy } from './types.ts';

const DAY = 86_400_000;

/** Whether a base may be offered. A base without a date is never too old. */
export function isAllowed({ name, repository, created }: BaseRecord, { forbid = [], maxAgeDays }: BasePolicy, now: Date): boolean {
  if (forbid.some((pattern) => fitsPattern(name, pattern) || fitsPattern(repository, pattern))) return false;
  if (maxAgeDays === undefined || created === undefined) return true;
  const age = now.getTime() - Date.parse(created);
  return Number.isNaN(age) || age <= maxAgeDays * DAY;
}
