import { type Distro, isOsPackageType, type PackageType } from '@plimsoll/model';
import { distributions } from './distributions.data.ts';

/** Where it is not called as the type: programs installed by hand are those that Bitnami packs. */
const ECOSYSTEMS: Partial<Record<PackageType, string>> = { generic: 'bitnami' };

/**
 * The ecosystem whose advisories speak of a package: `npm`, `pypi`; for a distribution with the part of its release that feeds are keyed by:
 * `debian:11`, `debian:sid` where no release is stated, `alpine:3.18`, `alpine:edge`, `almalinux:9`, `ubuntu:22.04`, `rhel:9`, `sles:15.5`,
 * `wolfi`. Undefined where the distribution is not known, or publishes nothing that is read here.
 */
export function ecosystemOf(type: PackageType, distro: Distro | undefined): string | undefined {
  if (!isOsPackageType(type)) return ECOSYSTEMS[type] ?? type;
  const known = distro && distributions[distro.id];
  if (!known) return undefined;
  const release = known.release === 'none' ? undefined : RELEASES[known.release].exec(distro.version ?? '')?.[1];
  if (known.release === 'none') return known.family;
  const part = release ?? known.rolling;
  return part === undefined ? undefined : `${known.family}:${part}`;
}

/** The part of `VERSION_ID` that counts. */
const RELEASES = {
  major: /^(\d{1,8})/,
  /** `15.5`; `15` alone before the first service pack. */
  service: /^(\d{1,8}(?:\.\d{1,8})?)/,
  /** `3.18` of `3.18.9`; not of a snapshot, `3.21_alpha20240807`. */
  branch: /^(\d{1,8}\.\d{1,8})(?:\.\d{1,8})?$/,
} as const;
