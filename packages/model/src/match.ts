import { z } from 'zod';
import { severitySchema } from './severity.ts';

/** One party's view of how bad it is. */
export const severityOpinionSchema = z
  .object({
    /** Who says so: an advisory source or a scoring body named in its data. */
    source: z.string(),
    severity: severitySchema,
    /** CVSS base score, 0 to 10. */
    score: z.number().optional(),
    /** e.g. `CVSS:3.1/AV:N/...`. */
    vector: z.string().optional(),
  })
  .readonly();
/** See {@link severityOpinionSchema}. */
export type SeverityOpinion = z.infer<typeof severityOpinionSchema>;

/** A CVSS score with its vector and version (`2.0`, `3.0`, `3.1`, `4.0`). */
export const cvssSchema = z.object({ score: z.number(), vector: z.string(), version: z.string(), source: z.string() }).readonly();
/** See {@link cvssSchema}. */
export type Cvss = z.infer<typeof cvssSchema>;

/** Exploit prediction: probability within 30 days and its rank, both 0 to 1. https://www.first.org/epss/ */
export const epssSchema = z.object({ score: z.number(), percentile: z.number(), date: z.string().optional() }).readonly();
/** See {@link epssSchema}. */
export type Epss = z.infer<typeof epssSchema>;

/** Known exploited, as CISA lists it. Dates are `YYYY-MM-DD`. https://www.cisa.gov/known-exploited-vulnerabilities-catalog */
export const kevSchema = z.object({ dateAdded: z.string(), dueDate: z.string().optional(), ransomware: z.boolean() }).readonly();
/** See {@link kevSchema}. */
export type Kev = z.infer<typeof kevSchema>;

/** Whether a fix is there or will be. */
export const matchStatuses = ['affected', 'under-investigation', 'will-not-fix', 'end-of-life'] as const;
/** Schema of a match status. */
export const matchStatusSchema = z.enum(matchStatuses);
/** See {@link matchStatuses}. */
export type MatchStatus = z.infer<typeof matchStatusSchema>;

/** A vulnerability that a package of the image has, with how that was found. */
export const matchSchema = z
  .object({
    /** CVE id where there is one, else the source's own id. */
    id: z.string(),
    /** Every other id of the same vulnerability, sorted. */
    aliases: z.array(z.string()).readonly(),
    /** purl of the package. */
    package: z.string(),
    /** Id of the package (or hidden package) in the inventory. */
    packageId: z.string(),
    severity: severitySchema,
    /** Who set the severity that counts. */
    severitySource: z.string(),
    /** Every opinion, the one that counts first. */
    opinions: z.array(severityOpinionSchema).readonly(),
    cvss: cvssSchema.optional(),
    epss: epssSchema.optional(),
    kev: kevSchema.optional(),
    cwes: z.array(z.string()).readonly(),
    summary: z.string().optional(),
    description: z.string().optional(),
    references: z.array(z.string()).readonly(),
    /** RFC 3339. */
    published: z.string().optional(),
    /** The lowest version without it; absent where there is none yet. */
    fixedIn: z.string().optional(),
    status: matchStatusSchema,
    /** Layer index of the package version. */
    introducedIn: z.number().int(),
    /** Advisory source id whose record decided. */
    source: z.string(),
    /** That record's own id. */
    advisoryId: z.string(),
    /** How it matched, enough to check by hand. */
    how: z
      .object({
        matcher: z.string(),
        /** What was looked up, e.g. `{ ecosystem: 'debian:11', name: 'openssl', version: '1.1.1n-0+deb11u3' }`. */
        searchedBy: z.record(z.string(), z.string()).readonly(),
        /** The range that holds the version, e.g. `>=1.0, <1.2.3`. */
        range: z.string(),
        /** Version scheme of the comparison. */
        scheme: z.string(),
      })
      .readonly(),
    /** Present where it does not count. */
    suppressed: z
      .object({ by: z.enum(['vex', 'rule', 'distro', 'owner']), reason: z.string(), until: z.string().optional() })
      .readonly()
      .optional(),
  })
  .readonly();
/** See {@link matchSchema}. */
export type Match = z.infer<typeof matchSchema>;
