import type { SeverityCounts } from '@plimsoll/model';

/** How much one vulnerability weighs. One critical counts as much as several high ones, many medium ones and very many low ones. */
const WEIGHTS: SeverityCounts = { critical: 40, high: 12, medium: 3, low: 1, unspecified: 1 };

/** Counts as one number; signed counts give a signed one. */
export function riskOf(counts: SeverityCounts): number {
  return (
    counts.critical * WEIGHTS.critical +
    counts.high * WEIGHTS.high +
    counts.medium * WEIGHTS.medium +
    counts.low * WEIGHTS.low +
    counts.unspecified * WEIGHTS.unspecified
  );
}
