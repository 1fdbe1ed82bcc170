import { z } from 'zod';

/** Package types, as in the purl specification: https://github.com/package-url/purl-spec/tree/main/types */
export const packageTypes = [
  'apk',
  'bitnami',
  'cargo',
  'composer',
  'conda',
  'deb',
  'gem',
  'generic',
  'golang',
  'maven',
  'npm',
  'nuget',
  'pypi',
  'rpm',
] as const;
/** Schema of a package type. */
export const packageTypeSchema = z.enum(packageTypes);
/** See {@link packageTypes}. */
export type PackageType = z.infer<typeof packageTypeSchema>;

/** Whether a package manager of the distribution installs packages of a type, one of each name: the others lie where they lie. */
export function isOsPackageType(type: PackageType): boolean {
  return type === 'apk' || type === 'deb' || type === 'rpm';
}

/** Where something was read: a path in the image and the layer that holds it. */
export const locationSchema = z
  .object({ path: z.string(), /** -1 where it is not known: an SBOM tells of none. */ layer: z.number().int() })
  .readonly();
/** See {@link locationSchema}. */
export type Location = z.infer<typeof locationSchema>;

/** What a layer did to a package. `added` after a `removed` means it came back. */
export const packageEventSchema = z
  .object({
    layer: z.number().int(),
    kind: z.enum(['added', 'upgraded', 'downgraded', 'removed']),
    /** Version before; absent for `added`. */
    from: z.string().optional(),
    /** Version after; absent for `removed`. */
    to: z.string().optional(),
  })
  .readonly();
/** See {@link packageEventSchema}. */
export type PackageEvent = z.infer<typeof packageEventSchema>;

/** The operating system distribution, from os-release. */
export const distroSchema = z
  .object({
    /** `ID`, lower case: `debian`, `alpine`. */
    id: z.string(),
    /** `VERSION_ID`: `11`, `3.18.9`; absent on rolling releases. */
    version: z.string().optional(),
    /** `VERSION_CODENAME`: `bullseye`. */
    codename: z.string().optional(),
    /** `PRETTY_NAME`. */
    name: z.string(),
    /** `ID_LIKE`, split. */
    like: z.array(z.string()).readonly(),
  })
  .readonly();
/** See {@link distroSchema}. */
export type Distro = z.infer<typeof distroSchema>;

/** The source package a binary package was built from; distro advisories name this one. */
export const originSchema = z.object({ name: z.string(), version: z.string() }).readonly();
/** See {@link originSchema}. */
export type Origin = z.infer<typeof originSchema>;

/** A package a container of the image sees. */
export const packageSchema = z
  .object({
    /** Unique in the inventory and stable between runs. */
    id: z.string(),
    type: packageTypeSchema,
    /**
     * As the ecosystem writes it: npm with scope (`@babel/core`), Maven `group:artifact`, Go the module path, Composer `vendor/name`; PyPI
     * names normalised.
     */
    name: z.string(),
    version: z.string(),
    /** https://github.com/package-url/purl-spec */
    purl: z.string(),
    architecture: z.string().optional(),
    origin: originSchema.optional(),
    licenses: z.array(z.string()).readonly(),
    /** Where it was read; empty where an SBOM does not say. */
    evidence: z.array(locationSchema).readonly(),
    /** The layer since which this version has been there without a break; -1 where it is not known: an SBOM tells of none. */
    introducedIn: z.number().int(),
    /** Everything that happened to it, earliest first. */
    life: z.array(packageEventSchema).readonly(),
    /** Id of the operating-system package that owns its files. */
    ownedBy: z.string().optional(),
    /** Cataloger id. */
    foundBy: z.string(),
  })
  .readonly();
/** See {@link packageSchema}. */
export type Package = z.infer<typeof packageSchema>;

/** A package version that a later layer removed or replaced, and that every pull still fetches. */
export const hiddenPackageSchema = z
  .object({
    id: z.string(),
    type: packageTypeSchema,
    name: z.string(),
    version: z.string(),
    purl: z.string(),
    origin: originSchema.optional(),
    evidence: z.array(locationSchema).readonly(),
    /** The layer that brought this version. */
    introducedIn: z.number().int(),
    /** The layer that removed or replaced it. */
    hiddenBy: z.number().int(),
    /** The version that took its place; absent where it was removed. */
    replacedBy: z.string().optional(),
    foundBy: z.string(),
  })
  .readonly();
/** See {@link hiddenPackageSchema}. */
export type HiddenPackage = z.infer<typeof hiddenPackageSchema>;
