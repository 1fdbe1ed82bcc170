import { z } from 'zod';
import { baseImageSchema } from './base-image.ts';
import { coverageSchema, diagnosticSchema } from './diagnostic.ts';
import { inventorySchema } from './inventory.ts';
import { matchSchema } from './match.ts';
import { recommendationsSchema } from './recommendation.ts';
import { severityCountsSchema, severitySchema } from './severity.ts';

/** A vulnerability that a layer took away: the package was upgraded or removed there. */
export const fixedMatchSchema = z
  .object({ id: z.string(), severity: severitySchema, package: z.string(), packageId: z.string(), layer: z.number().int() })
  .readonly();
/** See {@link fixedMatchSchema}. */
export type FixedMatch = z.infer<typeof fixedMatchSchema>;

/** What one layer did to packages and vulnerabilities. */
export const layerReportSchema = z
  .object({
    layer: z.number().int(),
    /** Position in the hierarchy of the image that brought it. */
    base: z.number().int(),
    packages: z
      .object({ added: z.number().int(), upgraded: z.number().int(), downgraded: z.number().int(), removed: z.number().int() })
      .readonly(),
    /** Vulnerabilities that are in the image because of this layer. */
    added: severityCountsSchema,
    /** Vulnerabilities of lower layers that this layer took away. */
    fixed: severityCountsSchema,
    /** Bytes of this layer that a later one hides. */
    wastedBytes: z.number(),
    /** Bytes of lower layers that this one hides. */
    hidesBytes: z.number(),
  })
  .readonly();
/** See {@link layerReportSchema}. */
export type LayerReport = z.infer<typeof layerReportSchema>;

/** State of the advisories an assessment used: one line a source. */
export const advisorySourceStatusSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    /** `ready` data is there; `empty` never updated; `failed` the last update failed, older data may be there. */
    state: z.enum(['ready', 'empty', 'failed']),
    /** Date of the data as the source states it, else when it was fetched. RFC 3339. */
    date: z.string().optional(),
    /** When it was last fetched. RFC 3339. */
    updated: z.string().optional(),
    records: z.number().int(),
    /** Ecosystems it has data for, e.g. `debian:11`, `npm`. */
    ecosystems: z.array(z.string()).readonly(),
    /** Code and message of the last failure. */
    error: z.string().optional(),
    license: z.string(),
    /** Changes with the data. */
    fingerprint: z.string().optional(),
    /** True where this is the built-in sample. */
    sample: z.boolean(),
  })
  .readonly();
/** See {@link advisorySourceStatusSchema}. */
export type AdvisorySourceStatus = z.infer<typeof advisorySourceStatusSchema>;

/** The one document that page, terminal and files are made from. */
export const reportSchema = z
  .object({
    schema: z.literal(1),
    inventory: inventorySchema,
    /** Matches of the packages a container sees; suppressed ones included. Worst first. */
    matches: z.array(matchSchema).readonly(),
    /** Matches of hidden packages: shipped, not seen. */
    hiddenMatches: z.array(matchSchema).readonly(),
    /** Matches that a layer took away. */
    fixedMatches: z.array(fixedMatchSchema).readonly(),
    /** Counts of matches that are not suppressed; one for each vulnerability and package. */
    counts: severityCountsSchema,
    /** Of those, how many are known exploited, and how many a fix exists for. */
    exploited: z.number().int(),
    fixable: z.number().int(),
    /** Earliest base first, this image last; never empty. */
    hierarchy: z.array(baseImageSchema).readonly(),
    /** One for each layer of the image, in order. */
    layers: z.array(layerReportSchema).readonly(),
    recommendations: recommendationsSchema,
    advisories: z.array(advisorySourceStatusSchema).readonly(),
    coverage: coverageSchema,
    diagnostics: z.array(diagnosticSchema).readonly(),
  })
  .readonly();
/** See {@link reportSchema}. */
export type Report = z.infer<typeof reportSchema>;
