import type { Report } from '@plimsoll/model';

/** When a document says it was made: the newest of the data it was made from, since a clock would make each run another document. */
export function dateOf({ inventory, advisories }: Report): string {
  const dates = [inventory.image.created, ...advisories.map(({ updated }) => updated)];
  const times = dates.map((date) => Date.parse(date ?? '')).filter((time) => !Number.isNaN(time));
  return new Date(times.length === 0 ? 0 : Math.max(...times)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
