import { z } from 'zod';
import { digestSchema } from './digest.ts';

/** A name for an image: registry, repository, and tag or digest or both. Always normalised. */
export const referenceSchema = z
  .object({
    /** Host and optional port, e.g. `docker.io`. */
    registry: z.string(),
    /** e.g. `library/debian`. */
    repository: z.string(),
    tag: z.string().optional(),
    digest: digestSchema.optional(),
  })
  .readonly();
/** See {@link referenceSchema}. */
export type Reference = z.infer<typeof referenceSchema>;

/** Operating system and architecture an image is made for, in the registry's words. */
export const platformSchema = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() }).readonly();
/** See {@link platformSchema}. */
export type Platform = z.infer<typeof platformSchema>;

/** One history entry, joined to the layer it made. */
export const layerSchema = z
  .object({
    /** Position in the history, from 0, empty layers counted. */
    index: z.number().int(),
    /** The instruction as the builder wrote it; empty where the image has no history. */
    createdBy: z.string(),
    /** RFC 3339. */
    created: z.string().optional(),
    /** True where the instruction made no layer (ENV, CMD ...). */
    emptyLayer: z.boolean(),
    /** Digest of the bytes as stored; absent for an empty layer. */
    digest: digestSchema.optional(),
    /** Digest of the uncompressed tar; absent for an empty layer. */
    diffId: digestSchema.optional(),
    /** This layer on all below it; an empty layer has none. */
    chainId: digestSchema.optional(),
    /** Bytes as stored (compressed). */
    size: z.number().optional(),
  })
  .readonly();
/** See {@link layerSchema}. */
export type Layer = z.infer<typeof layerSchema>;

/** What the image will run and as whom. */
export const imageConfigSchema = z
  .object({
    user: z.string().optional(),
    env: z.array(z.string()).readonly(),
    entrypoint: z.array(z.string()).readonly(),
    cmd: z.array(z.string()).readonly(),
    workingDir: z.string().optional(),
    exposedPorts: z.array(z.string()).readonly(),
    labels: z.record(z.string(), z.string()).readonly(),
  })
  .readonly();
/** See {@link imageConfigSchema}. */
export type ImageConfig = z.infer<typeof imageConfigSchema>;

/** An image the build used, as its provenance attestation states it. */
export const materialSchema = z
  .object({
    /** e.g. `pkg:docker/python@3.9-slim?platform=linux%2Famd64`. */
    uri: z.string(),
    digest: digestSchema.optional(),
  })
  .readonly();
/** See {@link materialSchema}. */
export type Material = z.infer<typeof materialSchema>;

/** Everything known of an image without reading a layer. */
export const imageDescriptionSchema = z
  .object({
    /** What a person calls it: a familiar reference, or the ref name in a folder or archive. */
    name: z.string(),
    /** Where it was read: `registry`, `local`, `oci-dir`, `archive`, `fs`, `sbom`. */
    source: z.string(),
    /** The input as it was given, to read it again. */
    input: z.string(),
    reference: referenceSchema.optional(),
    /** Other names of the same digest in the same place. */
    aliases: z.array(z.string()).readonly(),
    /** The image's identity: digest of its manifest; of an SBOM, of the document. */
    digest: digestSchema,
    configDigest: digestSchema,
    /** Digest of the index it was chosen from, where it was. */
    indexDigest: digestSchema.optional(),
    platform: platformSchema,
    /** All platforms of the index; just this one where there is no index. */
    platforms: z.array(platformSchema).readonly(),
    /** RFC 3339. */
    created: z.string().optional(),
    /** Bytes of all layers as stored. */
    size: z.number(),
    layers: z.array(layerSchema).readonly(),
    /** False where the history does not fit the layers; instructions are then absent. */
    historyReliable: z.boolean(),
    config: imageConfigSchema,
    annotations: z.record(z.string(), z.string()).readonly(),
    /** From a provenance attestation: absent where there is none. */
    provenance: z
      .object({
        builder: z.string().optional(),
        materials: z.array(materialSchema).readonly(),
        /** The Dockerfile it was built from, and the arguments it was given; where the build attests them (max mode). */
        dockerfile: z
          .object({ file: z.string(), text: z.string(), arguments: z.record(z.string(), z.string()).readonly() })
          .readonly()
          .optional(),
      })
      .readonly()
      .optional(),
  })
  .readonly();
/** See {@link imageDescriptionSchema}. */
export type ImageDescription = z.infer<typeof imageDescriptionSchema>;
