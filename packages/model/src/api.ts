import { z } from 'zod';
import { digestSchema } from './digest.ts';
import { platformSchema } from './image.ts';
import { severityCountsSchema } from './severity.ts';

/** One row of the images list. */
export const imageSummarySchema = z
  .object({
    /** The image's identity: digest of its manifest. */
    digest: digestSchema,
    /** Every name it was added under, newest first; at least one. */
    names: z.array(z.string()).readonly(),
    source: z.string(),
    platform: platformSchema,
    created: z.string().optional(),
    size: z.number(),
    packages: z.number().int(),
    counts: severityCountsSchema,
    exploited: z.number().int(),
    fixable: z.number().int(),
    os: z.string().optional(),
    /** The nearest base, where one is known. */
    base: z.object({ name: z.string(), outdated: z.boolean().optional() }).readonly().optional(),
    /** When it was last indexed. RFC 3339. */
    indexed: z.string(),
  })
  .readonly();
/** See {@link imageSummarySchema}. */
export type ImageSummary = z.infer<typeof imageSummarySchema>;

/** A long piece of work the server does. Survives a reload of the page. */
export const jobSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['index-image', 'update-advisories', 'add-bases', 'sync-bases', 'index-bases', 'pull-image']),
    /** What it works on: the image as given, source ids ... */
    subject: z.string(),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    /** What is being done now, for a person. */
    step: z.string(),
    /** 0 to 1; absent where it cannot be told. */
    progress: z.number().optional(),
    created: z.string(),
    finished: z.string().optional(),
    /** Where the result is: for `index-image` the image's digest. */
    result: z.string().optional(),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).readonly().optional(),
  })
  .readonly();
/** See {@link jobSchema}. */
export type Job = z.infer<typeof jobSchema>;

/** Body of `POST /api/images`. */
export const addImageSchema = z
  .object({
    /** `[prefix://]image`, a path or a reference. */
    input: z.string().min(1).max(4096),
    /** `os/arch[/variant]`. */
    platform: z.string().max(100).optional(),
    /** Which image, where an archive holds several. */
    ref: z.string().max(512).optional(),
  })
  .readonly();
/** See {@link addImageSchema}. */
export type AddImage = z.infer<typeof addImageSchema>;

/** Body of `POST /api/advisories/update`: the sources to update; all where absent. */
export const updateAdvisoriesSchema = z.object({ sources: z.array(z.string().min(1).max(100)).max(100).readonly().optional() }).readonly();
/** See {@link updateAdvisoriesSchema}. */
export type UpdateAdvisories = z.infer<typeof updateAdvisoriesSchema>;

/** Body of `POST /api/bases`. */
export const addBasesSchema = z
  .object({
    /** A folder, an archive or a repository: `[prefix://]place`. */
    input: z.string().min(1).max(4096),
    /** Of a repository: globs of the tags to follow, `!` in front leaves out. All where absent. */
    tags: z.array(z.string().min(1).max(130)).max(100).readonly().optional(),
    /** `os/arch[/variant]`; all where absent. */
    platforms: z.array(z.string().min(1).max(64)).max(100).readonly().optional(),
  })
  .readonly();
/** See {@link addBasesSchema}. */
export type AddBases = z.infer<typeof addBasesSchema>;

/** Body of `POST /api/bases/sync`: one place that is followed; all where absent. */
export const syncBasesSchema = z.object({ input: z.string().min(1).max(4096).optional() }).readonly();
/** See {@link syncBasesSchema}. */
export type SyncBases = z.infer<typeof syncBasesSchema>;

/** Body of `PUT /api/images/{digest}/base`: the base a person says it has. */
export const pinBaseSchema = z.object({ name: z.string().min(1).max(512) }).readonly();
/** See {@link pinBaseSchema}. */
export type PinBase = z.infer<typeof pinBaseSchema>;

/** Body of `POST /api/images/{digest}/dockerfile`. */
export const readDockerfileSchema = z
  .object({
    /** The file itself. */
    text: z.string().max(1_000_000),
    /** Its name, for the diffs. */
    file: z.string().min(1).max(512).default('Dockerfile'),
    /** True writes digests into FROM lines that have none. */
    pin: z.boolean().default(false),
    /** What `--build-arg` gave, by name: it comes before the defaults in the file. */
    arguments: z.record(z.string().max(256), z.string().max(4096)).default({}),
  })
  .readonly();
/** See {@link readDockerfileSchema}. */
export type ReadDockerfile = z.infer<typeof readDockerfileSchema>;

/** Body of `POST /api/images/{digest}/pull`. */
export const pullImageSchema = z
  .object({
    /** Removes the old image after the pull, where nothing uses it. */
    removeOld: z.boolean().default(false),
  })
  .readonly();
/** See {@link pullImageSchema}. */
export type PullImage = z.infer<typeof pullImageSchema>;

/** `GET /api/engine`: the container engine of this machine. */
export const engineSchema = z
  .object({
    connected: z.boolean(),
    /** `Docker Engine 28.2.2`; absent where none answers. */
    name: z.string().optional(),
    /** Why none is connected; absent where one is. */
    reason: z.string().optional(),
  })
  .readonly();
/** See {@link engineSchema}. */
export type Engine = z.infer<typeof engineSchema>;

/** One row of the base index. */
export const baseSummarySchema = z
  .object({
    /** As a Dockerfile would write it: `python:3.9-slim`. */
    name: z.string(),
    repository: z.string(),
    tag: z.string(),
    digest: digestSchema,
    platform: platformSchema,
    /** RFC 3339. */
    created: z.string().optional(),
    /** Bytes as stored. */
    size: z.number(),
    /** Whether a person added it as a base, or it was indexed as an image. */
    origin: z.enum(['added', 'indexed']),
    /** RFC 3339. */
    lastSeen: z.string(),
  })
  .readonly();
/** See {@link baseSummarySchema}. */
export type BaseSummary = z.infer<typeof baseSummarySchema>;

/** An error as the API gives it. */
export const problemSchema = z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).readonly();
/** See {@link problemSchema}. */
export type Problem = z.infer<typeof problemSchema>;

/** One file format a report can be exported in. */
export const formatInfoSchema = z.object({ id: z.string(), title: z.string(), mediaType: z.string(), extension: z.string() }).readonly();
/** See {@link formatInfoSchema}. */
export type FormatInfo = z.infer<typeof formatInfoSchema>;

/** `GET /api/about`: what this server is and shows. */
export const aboutSchema = z
  .object({
    version: z.string(),
    /** True where images and advisories are the built-in sample. */
    sample: z.boolean(),
    /** True where the network is switched off. */
    offline: z.boolean(),
    /** Newest date of any advisory source, RFC 3339. */
    advisories: z.string().optional(),
  })
  .readonly();
/** See {@link aboutSchema}. */
export type About = z.infer<typeof aboutSchema>;
