import { z } from 'zod';
import { packageTypeSchema } from './package.ts';
import { severityCountsSchema, severitySchema } from './severity.ts';

/** A setting of the image that another base would change, because the image inherits it. */
export const configChangeSchema = z
  .object({
    field: z.enum(['user', 'workdir', 'entrypoint', 'cmd', 'env', 'port']),
    /** The variable or port; absent for the others. */
    name: z.string().optional(),
    /** As it is now; absent where it is not set. */
    from: z.string().optional(),
    /** As it would be; absent where it would not be set. */
    to: z.string().optional(),
  })
  .readonly();
/** See {@link configChangeSchema}. */
export type ConfigChange = z.infer<typeof configChangeSchema>;

/** A package that would be there, be gone or have another version. */
export const packageChangeSchema = z
  .object({
    type: packageTypeSchema,
    name: z.string(),
    /** Version now; absent where it is not there. */
    from: z.string().optional(),
    /** Version then; absent where it would be gone. */
    to: z.string().optional(),
    /** True where the version then is an estimate: the image's own layers would install it anew from another distribution. */
    estimated: z.boolean(),
  })
  .readonly();
/** See {@link packageChangeSchema}. */
export type PackageChange = z.infer<typeof packageChangeSchema>;

/** A vulnerability that would come or go. */
export const vulnerabilityChangeSchema = z
  .object({
    id: z.string(),
    severity: severitySchema,
    /** Name and version of the package that has it. */
    package: z.string(),
    /** True where the package's version then is an estimate. */
    estimated: z.boolean(),
  })
  .readonly();
/** See {@link vulnerabilityChangeSchema}. */
export type VulnerabilityChange = z.infer<typeof vulnerabilityChangeSchema>;

/** A file of the base that the image's own layers replace or delete. */
export const overwrittenFileSchema = z.object({ path: z.string(), layer: z.number().int(), deleted: z.boolean() }).readonly();
/** See {@link overwrittenFileSchema}. */
export type OverwrittenFile = z.infer<typeof overwrittenFileSchema>;

/** What another base would make of this image, in numbers: the image's own layers replayed on it. */
export const simulationSummarySchema = z
  .object({
    /** Vulnerabilities of this image then. */
    counts: severityCountsSchema,
    /** Signed change against now. */
    difference: severityCountsSchema,
    /** How many vulnerabilities would come and go; of those, how many rest on an estimate. */
    vulnerabilities: z.object({ gained: z.number().int(), lost: z.number().int(), estimated: z.number().int() }).readonly(),
    /** How many packages would come, go and change; how many then have an estimated version. */
    packages: z
      .object({ gained: z.number().int(), lost: z.number().int(), changed: z.number().int(), estimated: z.number().int() })
      .readonly(),
    /** Settings the image inherits that would be others. */
    config: z.array(configChangeSchema).readonly(),
    /** What to look at before the change: "another C library: glibc -> musl". */
    warnings: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link simulationSummarySchema}. */
export type SimulationSummary = z.infer<typeof simulationSummarySchema>;

/** The whole of it. */
export const simulationSchema = simulationSummarySchema
  .unwrap()
  .extend({
    /** The base that is taken away, and the one that takes its place, as a Dockerfile would write them. */
    from: z.string(),
    to: z.string(),
    changes: z
      .object({
        packages: z.array(packageChangeSchema).readonly(),
        /** Worst first. */
        gained: z.array(vulnerabilityChangeSchema).readonly(),
        /** Worst first. */
        lost: z.array(vulnerabilityChangeSchema).readonly(),
        /** Files of the base in use that the image's own layers replace or delete: they would do so again. Largest first, at most 1000. */
        overwritten: z.array(overwrittenFileSchema).readonly(),
      })
      .readonly(),
  })
  .readonly();
/** See {@link simulationSchema}. */
export type Simulation = z.infer<typeof simulationSchema>;
