import { z } from 'zod';
import { digestSchema } from './digest.ts';
import { severityCountsSchema } from './severity.ts';

/** A part of a Dockerfile, by line, both ends included, from 1. */
export const lineRangeSchema = z.tuple([z.number().int(), z.number().int()]).readonly();
/** See {@link lineRangeSchema}. */
export type LineRange = z.infer<typeof lineRangeSchema>;

/** An instruction of the stages that made the image, and what it brought. */
export const dockerfileLineSchema = z
  .object({
    lines: lineRangeSchema,
    /** `FROM`, `RUN`, `COPY` ... */
    instruction: z.string(),
    /** Layers of the image it made; those of the base for a FROM. Empty where none could be told. */
    layers: z.array(z.number().int()).readonly(),
    /** Vulnerabilities of packages those layers brought. */
    counts: severityCountsSchema,
  })
  .readonly();
/** See {@link dockerfileLineSchema}. */
export type DockerfileLine = z.infer<typeof dockerfileLineSchema>;

/** A change of a Dockerfile that a recommendation asks for. */
export const dockerfileChangeSchema = z
  .object({
    /** `refresh python:3.9-slim`, `change python:3.9-slim to python:3.12-slim`, `upgrade openssl`. */
    title: z.string(),
    /** Name of the base it is about, where it is about one. */
    base: z.string().optional(),
    /** The base that would take its place. */
    candidate: z.object({ name: z.string(), digest: digestSchema }).readonly().optional(),
    /** Unified diff that `git apply` and `patch -p1` take; empty where the file stays as it is (a rebuild with --pull is enough). */
    diff: z.string(),
    /** The whole file after the change. */
    text: z.string(),
    /** What a person should know: "FROM is set by a build argument without a default". */
    notes: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link dockerfileChangeSchema}. */
export type DockerfileChange = z.infer<typeof dockerfileChangeSchema>;

/** What a Dockerfile and the image made from it say of each other. */
export const dockerfileAdviceSchema = z
  .object({
    /** File name used in the diffs. */
    file: z.string(),
    /** Instructions of the final stage and the stages it stands on, in the order of the file. */
    lines: z.array(dockerfileLineSchema).readonly(),
    /** One for each recommendation that the file can show, best first. */
    changes: z.array(dockerfileChangeSchema).readonly(),
    /** Where file and image do not fit: "the image was not built from this file". */
    notes: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link dockerfileAdviceSchema}. */
export type DockerfileAdvice = z.infer<typeof dockerfileAdviceSchema>;
