import { z } from 'zod';
import { digestSchema } from './digest.ts';
import { severityCountsSchema } from './severity.ts';

/** What is known of an image that is, or could be, a base. */
export const baseFactsSchema = z
  .object({
    /** As a Dockerfile would write it: `python:3.9-slim`. */
    name: z.string(),
    tag: z.string().optional(),
    digest: digestSchema,
    /** Other names of the same digest. */
    aliases: z.array(z.string()).readonly(),
    /** RFC 3339. */
    created: z.string().optional(),
    /** Bytes as stored. */
    size: z.number().optional(),
    /** Present where the image was indexed. */
    packages: z.number().int().optional(),
    /** `Debian GNU/Linux 11 (bullseye)`; present where the image was indexed. */
    os: z.string().optional(),
    /** Absent where the image was not indexed: unknown, not zero. */
    counts: severityCountsSchema.optional(),
  })
  .readonly();
/** See {@link baseFactsSchema}. */
export type BaseFacts = z.infer<typeof baseFactsSchema>;

/** A base image to move to. */
export const candidateSchema = baseFactsSchema
  .unwrap()
  .extend({
    benefits: z.array(z.string()).readonly(),
    disadvantages: z.array(z.string()).readonly(),
    /** One sentence: why it stands where it stands. */
    why: z.string(),
    /** Signed change of the base's own counts; absent where either is unknown. */
    difference: severityCountsSchema.optional(),
    /** The line to write in the Dockerfile. */
    dockerfile: z.string(),
    /** Commands that rebuild on it, ready to copy. */
    commands: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link candidateSchema}. */
export type Candidate = z.infer<typeof candidateSchema>;

/** What can be said about one base of the hierarchy. */
export const baseAdviceSchema = z
  .object({
    current: baseFactsSchema,
    /** `current` nothing newer is known for the tag; `outdated` see `refresh`; `unknown` see `reason`. */
    state: z.enum(['current', 'outdated', 'unknown']),
    reason: z.string(),
    refresh: z.array(candidateSchema).readonly(),
    /** Best first. */
    change: z.array(candidateSchema).readonly(),
  })
  .readonly();
/** See {@link baseAdviceSchema}. */
export type BaseAdvice = z.infer<typeof baseAdviceSchema>;

/** Does the image's own tag point to a newer digest than the one looked at? */
export const imageAdviceSchema = z
  .object({
    state: z.enum(['current', 'outdated', 'unknown']),
    /** "a newer image was pushed under this tag", "cannot tell: the image came from a folder". */
    reason: z.string(),
    latest: z.object({ digest: digestSchema, created: z.string().optional() }).readonly().optional(),
    /** Commands that fetch it, ready to copy. */
    commands: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link imageAdviceSchema}. */
export type ImageAdvice = z.infer<typeof imageAdviceSchema>;

/** All that is recommended for an image. */
export const recommendationsSchema = z
  .object({
    image: imageAdviceSchema,
    /** One for each base of the hierarchy, the nearest first. Empty where no base is known. */
    bases: z.array(baseAdviceSchema).readonly(),
  })
  .readonly();
/** See {@link recommendationsSchema}. */
export type Recommendations = z.infer<typeof recommendationsSchema>;
