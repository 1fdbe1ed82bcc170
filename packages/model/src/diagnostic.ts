import { z } from 'zod';

/** A fault that did not stop the run: one bad file, layer or feed. Shown in the report, never swallowed. */
export const diagnosticSchema = z
  .object({
    /** Stable code, e.g. `PACKAGE_FILE_UNREADABLE`; the table is docs/reference/errors.md. */
    code: z.string(),
    /** What was being done to what, and what went wrong. */
    message: z.string(),
    /** Who noticed: a cataloger, source, matcher or step id. */
    author: z.string(),
    /** Path in the image, where there is one. */
    path: z.string().optional(),
    /** Layer index (position in the history), where there is one. */
    layer: z.number().int().optional(),
  })
  .readonly();
/** See {@link diagnosticSchema}. */
export type Diagnostic = z.infer<typeof diagnosticSchema>;

/** What could not be looked at or identified, so that "0 vulnerabilities" is never said for "unknown". */
export const coverageSchema = z
  .object({
    /** Sentences a person can read, each one gap: "no advisories are loaded for debian 11". Empty when nothing is known to be missing. */
    gaps: z.array(z.string()).readonly(),
    /** Files that a cataloger claimed and could not read. */
    unreadableFiles: z.number().int(),
    /** Files left out because of a size or count limit. */
    skippedFiles: z.number().int(),
  })
  .readonly();
/** See {@link coverageSchema}. */
export type Coverage = z.infer<typeof coverageSchema>;
