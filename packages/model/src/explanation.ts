import { z } from 'zod';
import { matchSchema } from './match.ts';
import { locationSchema, originSchema, packageTypeSchema } from './package.ts';

/** What one record makes of a package. */
export const explainedRecordSchema = z
  .object({
    /** Advisory source id, and the record's own id. */
    source: z.string(),
    id: z.string(),
    /** Every other id it goes by. */
    aliases: z.array(z.string()).readonly(),
    /** The key it was found by. */
    ecosystem: z.string(),
    name: z.string(),
    /** The source's status of the package: `affected`, `not-affected`, `under-investigation`, `will-not-fix`, `end-of-life`. */
    status: z.string(),
    /** The version that was compared, and in whose order. */
    version: z.string(),
    scheme: z.string(),
    /** Each range, and whether it holds the version. */
    ranges: z.array(z.object({ range: z.string(), holds: z.boolean() }).readonly()).readonly(),
    /** How many versions are named one by one, and whether this one is among them. */
    enumerated: z.object({ count: z.number().int(), holds: z.boolean() }).readonly().optional(),
    /** Whether the record, taken alone, makes the package affected. */
    affects: z.boolean(),
    /** Why, or why not. */
    reason: z.string(),
    /** A record that is believed before this one and says otherwise. */
    outrankedBy: z.object({ source: z.string(), id: z.string() }).readonly().optional(),
  })
  .readonly();
/** See {@link explainedRecordSchema}. */
export type ExplainedRecord = z.infer<typeof explainedRecordSchema>;

/** How the question ends for one package. `unknown` where nothing could be looked up. */
export const verdicts = ['affected', 'suppressed', 'not-affected', 'unknown'] as const;
/** Schema of a verdict. */
export const verdictSchema = z.enum(verdicts);
/** See {@link verdicts}. */
export type Verdict = z.infer<typeof verdictSchema>;

/** One package and one vulnerability, step by step. */
export const explainedPackageSchema = z
  .object({
    package: z
      .object({
        id: z.string(),
        type: packageTypeSchema,
        name: z.string(),
        version: z.string(),
        purl: z.string(),
        origin: originSchema.optional(),
        evidence: z.array(locationSchema).readonly(),
        introducedIn: z.number().int(),
        ownedBy: z.string().optional(),
        foundBy: z.string(),
        /** True where a later layer removed or replaced it. */
        hidden: z.boolean(),
      })
      .readonly(),
    verdict: verdictSchema,
    /** Matcher id; absent where none wants the package. */
    matcher: z.string().optional(),
    /** Where it was looked up, and whether any source has data there. */
    keys: z.array(z.object({ ecosystem: z.string(), name: z.string(), covered: z.boolean() }).readonly()).readonly(),
    /** Records at those keys, whatever they are about. */
    recordsSearched: z.number().int(),
    /** Those of this vulnerability, the one that is believed first first. */
    records: z.array(explainedRecordSchema).readonly(),
    match: matchSchema.optional(),
    /** The whole way as sentences, in order. */
    steps: z.array(z.object({ outcome: z.enum(['yes', 'no', 'note']), text: z.string() }).readonly()).readonly(),
  })
  .readonly();
/** See {@link explainedPackageSchema}. */
export type ExplainedPackage = z.infer<typeof explainedPackageSchema>;

/** Why packages of an image have a vulnerability, or have not. */
export const explanationSchema = z
  .object({
    /** As it was asked. */
    package: z.string(),
    /** As it was asked, in the letters that ids of its kind are written in. */
    id: z.string(),
    /** Every id that the loaded advisories know the vulnerability by, sorted; the one that was asked for always. */
    ids: z.array(z.string()).readonly(),
    /** Sources that have a record of it, whatever the package. */
    knownBy: z.array(z.string()).readonly(),
    /** Empty where the image has no such package. */
    packages: z.array(explainedPackageSchema).readonly(),
    /** Names of packages that are there and much like it, where there is none. */
    similar: z.array(z.string()).readonly(),
    /** What could not be looked up. */
    gaps: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link explanationSchema}. */
export type Explanation = z.infer<typeof explanationSchema>;
