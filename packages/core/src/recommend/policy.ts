import type { BaseRecord } from '../base-image/types.ts';
import type { BasePolicy } from './types.ts';

const DAY = 86_400_000;

/** Whether a base may be offered. A base without a date is never too old. */
export function isAllowed({ name, repository, created }: BaseRecord, { forbid = [], maxAgeDays }: BasePolicy, now: Date): boolean {
  if (forbid.some((pattern) => fits(name, pattern) || fits(repository, pattern))) return false;
  if (maxAgeDays === undefined || created === undefined) return true;
  const age = now.getTime() - Date.parse(created);
  return Number.isNaN(age) || age <= maxAgeDays * DAY;
}

/** Whether a text fits a pattern with `*` for any text. Linear: the parts between stars are found one after the other. */
function fits(text: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
