import { z } from 'zod';
import { digestSchema } from './digest.ts';
import { severityCountsSchema } from './severity.ts';
import { simulationSummarySchema } from './simulation.ts';

/** What is known of an image that is, or could be, a base. */
export const baseFactsSchema = z
  .object({
    /** As a Dockerfile would write it: `python:3.9-slim`. */
    name: z.string(),
    tag: z.string().optional(),
    digest: digestSchema,
    /** Digest of the index it is part of: what a FROM line is pinned to. Absent where there is none. */
    indexDigest: digestSchema.optional(),
    /** Other names of the same digest. */
    aliases: z.array(z.string()).readonly(),
    /** RFC 3339. */
    created: z.string().optional(),
    /** When the base index first saw this digest under this tag, RFC 3339. */
    firstSeen: z.string().optional(),
    /** Bytes as stored. */
    size: z.number().optional(),
    /** Present where the image was indexed. */
    packages: z.number().int().optional(),
    /** `Debian GNU/Linux 11 (bullseye)`; present where the image was indexed. */
    os: z.string().optional(),
    /** What runs programs in it, as its settings state: `Python 3.9.2`. */
    runtime: z.string().optional(),
    /** When its makers end support of its distribution or runtime; present where lifecycles are loaded. */
    support: z
      .object({
        /** `Debian 11`, `Python 3.9`. */
        product: z.string(),
        /** Day, `2026-08-31`. */
        ends: z.string(),
        ended: z.boolean(),
      })
      .readonly()
      .optional(),
    /** Absent where the image was not indexed: unknown, not zero. */
    counts: severityCountsSchema.optional(),
  })
  .readonly();
/** See {@link baseFactsSchema}. */
export type BaseFacts = z.infer<typeof baseFactsSchema>;

/** One part of the sum that ranks a candidate. */
export const reasonSchema = z
  .object({
    /** Id of the rule that says it. */
    rule: z.string(),
    kind: z.enum(['benefit', 'disadvantage']),
    text: z.string(),
    /** Positive is better. */
    weight: z.number(),
  })
  .readonly();
/** See {@link reasonSchema}. */
export type Reason = z.infer<typeof reasonSchema>;

/** A base image to move to. */
export const candidateSchema = baseFactsSchema
  .unwrap()
  .extend({
    benefits: z.array(z.string()).readonly(),
    disadvantages: z.array(z.string()).readonly(),
    /** One sentence: why it stands where it stands. */
    why: z.string(),
    /** Benefits and disadvantages with their weights; `score` is their sum. */
    reasons: z.array(reasonSchema).readonly(),
    score: z.number(),
    /** Signed change of the base's own counts; absent where either is unknown. */
    difference: severityCountsSchema.optional(),
    /** Vulnerabilities of *this image* on it; absent where the candidate was not indexed. Equal to `simulation.counts`. */
    predicted: severityCountsSchema.optional(),
    /** What it would make of this image; absent where the candidate was not indexed. */
    simulation: simulationSummarySchema.optional(),
    /** The line to write in the Dockerfile. */
    dockerfile: z.string(),
    /** The same, pinned to the digest. */
    pinned: z.string(),
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
    /** When the registry was last asked, RFC 3339; absent where it never was. */
    checked: z.string().optional(),
    latest: z
      .object({
        digest: digestSchema,
        created: z.string().optional(),
        /** When it was first seen under this tag, RFC 3339. */
        since: z.string().optional(),
      })
      .readonly()
      .optional(),
    /** Commands that fetch it, ready to copy. */
    commands: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link imageAdviceSchema}. */
export type ImageAdvice = z.infer<typeof imageAdviceSchema>;

/** One step of the plan: the fewest steps that take most of the risk away. */
export const planActionSchema = z
  .object({
    kind: z.enum(['refresh-base', 'change-base', 'upgrade-packages', 'remove-packages']),
    /** `Refresh python:3.9-slim`, `Upgrade 4 Debian packages`. */
    title: z.string(),
    /** Base and candidate, where it is about a base. */
    base: z.string().optional(),
    candidate: z.string().optional(),
    candidateDigest: digestSchema.optional(),
    /** What to upgrade or remove; `to` is the version that fixes all that can be fixed, absent for a removal. */
    packages: z.array(z.object({ type: z.string(), name: z.string(), from: z.string(), to: z.string().optional() }).readonly()).readonly(),
    /** Vulnerabilities it takes away and brings, after the steps before it. */
    removes: severityCountsSchema,
    adds: severityCountsSchema,
    /** Vulnerabilities of the image after this step. */
    after: severityCountsSchema,
    /** True where part of the effect is an estimate. */
    estimated: z.boolean(),
    /** Instructions to write in the Dockerfile; empty where a rebuild is enough. */
    dockerfile: z.array(z.string()).readonly(),
    /** Commands, ready to copy. */
    commands: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link planActionSchema}. */
export type PlanAction = z.infer<typeof planActionSchema>;

/** What a layer hides of the layers below it, and how not to ship it. */
export const hiddenAdviceSchema = z
  .object({
    /** The layer that still ships it, and the one that hides it. */
    layer: z.number().int(),
    hiddenBy: z.number().int(),
    /** Uncompressed bytes. */
    bytes: z.number(),
    files: z.number().int(),
    packages: z.number().int(),
    /** Vulnerabilities of the hidden packages. */
    counts: severityCountsSchema,
    /** Whether both layers are this image's own: then its Dockerfile can avoid it. */
    own: z.boolean(),
    /** What would avoid it: "delete in the same RUN that made it". */
    advice: z.string(),
    /** An instruction to write instead, where one can be given. */
    instruction: z.string().optional(),
  })
  .readonly();
/** See {@link hiddenAdviceSchema}. */
export type HiddenAdvice = z.infer<typeof hiddenAdviceSchema>;

/** All that is recommended for an image. */
export const recommendationsSchema = z
  .object({
    image: imageAdviceSchema,
    /** One for each base of the hierarchy, the nearest first. Empty where no base is known. */
    bases: z.array(baseAdviceSchema).readonly(),
    /** In the order to take the steps. Empty where nothing helps. */
    plan: z.array(planActionSchema).readonly(),
    /** Largest first, at most 50. */
    hidden: z.array(hiddenAdviceSchema).readonly(),
  })
  .readonly();
/** See {@link recommendationsSchema}. */
export type Recommendations = z.infer<typeof recommendationsSchema>;
