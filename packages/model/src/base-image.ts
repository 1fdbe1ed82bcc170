import { z } from 'zod';
import { digestSchema } from './digest.ts';
import { severityCountsSchema } from './severity.ts';

/**
 * How sure a base image is, surest first: `verified` the build says so and the layers agree; `matched` the layers are those of a
 * known image; `stated` the build or a label says so, the layers could not be checked; `guessed` from the history alone.
 */
export const confidences = ['verified', 'matched', 'stated', 'guessed'] as const;
/** Schema of a confidence. */
export const confidenceSchema = z.enum(confidences);
/** See {@link confidences}. */
export type Confidence = z.infer<typeof confidenceSchema>;

/** Why a detector named a base image. */
export const baseImageEvidenceSchema = z
  .object({
    detector: z.string(),
    detail: z.string(),
    /** How alike they are, 0 to 1, where that was measured. */
    similarity: z.number().optional(),
  })
  .readonly();
/** See {@link baseImageEvidenceSchema}. */
export type BaseImageEvidence = z.infer<typeof baseImageEvidenceSchema>;

/** An image of a tag at one time. */
export const taggedImageSchema = z
  .object({
    digest: digestSchema,
    /** RFC 3339. */
    created: z.string().optional(),
    /** Other names of this digest. */
    aliases: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link taggedImageSchema}. */
export type TaggedImage = z.infer<typeof taggedImageSchema>;

/** One link of the hierarchy: a base image, or, last, this image itself. */
export const baseImageSchema = z
  .object({
    /** All names it may have, likeliest first, as people write them (`python:3.9-slim`). At least one. */
    candidates: z.array(z.string()).readonly(),
    /** First and last layer index it brought (its own part of the chain); first > last where it brought none. */
    layers: z.tuple([z.number().int(), z.number().int()]).readonly(),
    confidence: confidenceSchema,
    evidence: z.array(baseImageEvidenceSchema).readonly(),
    /** True for the last row, the image itself. */
    self: z.boolean(),
    /** True where a person said so; `bases unpin` takes it back. */
    pinned: z.boolean(),
    /** The image in use. */
    current: taggedImageSchema.optional(),
    /** The newest image known for the same tag; absent where the index does not know. Equal to `current` where nothing newer is known. */
    latest: taggedImageSchema.optional(),
    /** True where `latest` is another digest than `current`; absent where it cannot be told. */
    outdated: z.boolean().optional(),
    /** Vulnerabilities in packages that its layers brought. */
    counts: severityCountsSchema,
    /** Vulnerabilities of `latest` as a whole, where it was indexed. */
    latestCounts: severityCountsSchema.optional(),
  })
  .readonly();
/** See {@link baseImageSchema}. */
export type BaseImage = z.infer<typeof baseImageSchema>;
