import { z } from 'zod';

/** Severities, worst first. `unspecified` where nobody has said. */
export const severities = ['critical', 'high', 'medium', 'low', 'unspecified'] as const;
/** Schema of a severity. */
export const severitySchema = z.enum(severities);
/** See {@link severities}. */
export type Severity = z.infer<typeof severitySchema>;

/** Position in {@link severities}: 0 is the worst. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** How many of each severity. */
export const severityCountsSchema = z
  .object({ critical: z.number(), high: z.number(), medium: z.number(), low: z.number(), unspecified: z.number() })
  .readonly();
/** See {@link severityCountsSchema}. */
export type SeverityCounts = z.infer<typeof severityCountsSchema>;

/** Counts severities; an empty input gives all zeros. */
export function countSeverities(items: Iterable<{ readonly severity: Severity }>): SeverityCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, unspecified: 0 };
  for (const { severity } of items) counts[severity] += 1;
  return counts;
}

/** All severities together. */
export function totalOf(counts: SeverityCounts): number {
  return counts.critical + counts.high + counts.medium + counts.low + counts.unspecified;
}

/** Signed change from `b` to `a`, severity by severity. */
export function subtractCounts(a: SeverityCounts, b: SeverityCounts): SeverityCounts {
  return {
    critical: a.critical - b.critical,
    high: a.high - b.high,
    medium: a.medium - b.medium,
    low: a.low - b.low,
    unspecified: a.unspecified - b.unspecified,
  };
}
