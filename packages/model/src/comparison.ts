import { z } from 'zod';
import { digestSchema } from './digest.ts';
import { severityCountsSchema, severitySchema } from './severity.ts';
import { configChangeSchema, packageChangeSchema } from './simulation.ts';

/** One of the two that are compared. */
export const comparedImageSchema = z
  .object({
    name: z.string(),
    digest: digestSchema,
    /** RFC 3339. */
    created: z.string().optional(),
    /** Bytes as stored. */
    size: z.number(),
    packages: z.number().int(),
    counts: severityCountsSchema,
    /** Newest date of the advisories it was assessed with, RFC 3339; absent where none were loaded. */
    advisories: z.string().optional(),
  })
  .readonly();
/** See {@link comparedImageSchema}. */
export type ComparedImage = z.infer<typeof comparedImageSchema>;

/** A vulnerability that one has and the other has not. */
export const comparedMatchSchema = z
  .object({
    id: z.string(),
    severity: severitySchema,
    /** Name and version of the package that has it. */
    package: z.string(),
    fixedIn: z.string().optional(),
    /**
     * Why: `image` the package came, went or has another version; `advisories` the same package version is in both, and the advisories
     * (or the exceptions) differ.
     */
    cause: z.enum(['image', 'advisories']),
  })
  .readonly();
/** See {@link comparedMatchSchema}. */
export type ComparedMatch = z.infer<typeof comparedMatchSchema>;

/** What differs between two images, two tags, or two times of one. */
export const comparisonSchema = z
  .object({
    schema: z.literal(1),
    from: comparedImageSchema,
    to: comparedImageSchema,
    packages: z
      .object({
        /** Sorted by type and name; `from` absent where it was added, `to` absent where it was removed. */
        changes: z.array(packageChangeSchema).readonly(),
        added: z.number().int(),
        removed: z.number().int(),
        changed: z.number().int(),
        unchanged: z.number().int(),
      })
      .readonly(),
    vulnerabilities: z
      .object({
        /** Worst first. */
        added: z.array(comparedMatchSchema).readonly(),
        /** Worst first. */
        removed: z.array(comparedMatchSchema).readonly(),
        unchanged: z.number().int(),
      })
      .readonly(),
    /** Signed changes, `to` minus `from`. */
    difference: z.object({ counts: severityCountsSchema, size: z.number(), packages: z.number().int() }).readonly(),
    config: z.array(configChangeSchema).readonly(),
    /** How many layers, from the first, are the same in both. */
    sharedLayers: z.number().int(),
  })
  .readonly();
/** See {@link comparisonSchema}. */
export type Comparison = z.infer<typeof comparisonSchema>;
