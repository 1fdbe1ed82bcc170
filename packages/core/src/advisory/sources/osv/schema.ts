import { z } from 'zod';

const event = z.object({ introduced: z.string().optional(), fixed: z.string().optional(), last_affected: z.string().optional() });

/** The parts of an OSV record that we use: https://ossf.github.io/osv-schema/ */
export const osvSchema = z.object({
  id: z.string().min(1).max(200),
  modified: z.string().optional(),
  published: z.string().optional(),
  withdrawn: z.string().nullish(),
  aliases: z.array(z.string()).nullish(),
  upstream: z.array(z.string()).nullish(),
  related: z.array(z.string()).nullish(),
  summary: z.string().nullish(),
  details: z.string().nullish(),
  severity: z.array(z.object({ type: z.string(), score: z.string() })).nullish(),
  references: z.array(z.object({ url: z.string() })).nullish(),
  database_specific: z.object({ severity: z.unknown(), cwe_ids: z.unknown() }).partial().nullish(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }).nullish(),
        ranges: z.array(z.object({ type: z.string(), events: z.array(event) })).nullish(),
        versions: z.array(z.string()).nullish(),
        severity: z.array(z.object({ type: z.string(), score: z.string() })).nullish(),
        ecosystem_specific: z.object({ custom_ranges: z.unknown(), binaries: z.unknown() }).partial().nullish(),
        database_specific: z.object({ last_known_affected_version_range: z.unknown(), informational: z.unknown() }).partial().nullish(),
      }),
    )
    .nullish(),
});

/** An OSV record as it came. */
export type OsvRecord = z.infer<typeof osvSchema>;
/** One element of its `affected`. */
export type OsvAffected = NonNullable<OsvRecord['affected']>[number];
