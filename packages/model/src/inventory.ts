import { z } from 'zod';
import { coverageSchema, diagnosticSchema } from './diagnostic.ts';
import { imageDescriptionSchema } from './image.ts';
import { distroSchema, hiddenPackageSchema, packageSchema } from './package.ts';

/** A file of a lower layer that a later layer deleted or replaced. */
export const hiddenFileSchema = z
  .object({
    path: z.string(),
    size: z.number(),
    /** The layer that still ships it. */
    layer: z.number().int(),
    /** The layer that hides it. */
    hiddenBy: z.number().int(),
    /** True where the path is gone, false where another file took its place. */
    deleted: z.boolean(),
  })
  .readonly();
/** See {@link hiddenFileSchema}. */
export type HiddenFile = z.infer<typeof hiddenFileSchema>;

/** What a layer ships below one folder, in uncompressed bytes. */
export const folderStatisticsSchema = z
  .object({
    layer: z.number().int(),
    /** At most three names deep; what lies in deeper folders counts here. Empty for the root. */
    path: z.string(),
    files: z.number().int(),
    bytes: z.number(),
    /** Of those, bytes that a later layer hides. */
    wastedBytes: z.number(),
  })
  .readonly();
/** See {@link folderStatisticsSchema}. */
export type FolderStatistics = z.infer<typeof folderStatisticsSchema>;

/** What the layers hold, in uncompressed bytes. */
export const fileStatisticsSchema = z
  .object({
    /** Files a container sees. */
    files: z.number().int(),
    /** Their bytes. */
    bytes: z.number(),
    /** Bytes that are shipped and not seen, all layers. */
    wastedBytes: z.number(),
    /** Per layer index, for each layer that is not empty. */
    layers: z
      .array(
        z
          .object({
            layer: z.number().int(),
            /** Files and bytes this layer ships. */
            files: z.number().int(),
            bytes: z.number(),
            /** Of those, bytes that a later layer hides. */
            wastedBytes: z.number(),
            /** Bytes of lower layers that this layer hides. */
            hidesBytes: z.number(),
          })
          .readonly(),
      )
      .readonly(),
    /** The largest folders of all layers, at most 400, largest first. */
    folders: z.array(folderStatisticsSchema).readonly(),
    /** The largest hidden files, at most 1000, largest first. */
    hidden: z.array(hiddenFileSchema).readonly(),
  })
  .readonly();
/** See {@link fileStatisticsSchema}. */
export type FileStatistics = z.infer<typeof fileStatisticsSchema>;

/** What is in an image: depends on the image alone, made once, cached. Exported as an SBOM. */
export const inventorySchema = z
  .object({
    schema: z.literal(1),
    image: imageDescriptionSchema,
    distro: distroSchema.optional(),
    /** Sorted by type, name, version, id. */
    packages: z.array(packageSchema).readonly(),
    /** Sorted by layer that hides, type, name. */
    hidden: z.array(hiddenPackageSchema).readonly(),
    files: fileStatisticsSchema,
    /** Cataloger ids and versions that made this. */
    catalogers: z.record(z.string(), z.number()).readonly(),
    coverage: coverageSchema,
    diagnostics: z.array(diagnosticSchema).readonly(),
  })
  .readonly();
/** See {@link inventorySchema}. */
export type Inventory = z.infer<typeof inventorySchema>;
