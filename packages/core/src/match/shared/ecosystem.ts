import { type Distro, isOsPackageType, type PackageType } from '@plimsoll/model';

/** Distributions whose packages are those of another release for release. */
const FAMILIES: Readonly<Record<string, string>> = { debian: 'debian', alpine: 'alpine', almalinux: 'almalinux', ubuntu: 'ubuntu' };

/** Where it is not called as the type: programs installed by hand are those that Bitnami packs, conda's are mostly those of PyPI. */
const ECOSYSTEMS: Partial<Record<PackageType, string>> = { generic: 'bitnami', conda: 'pypi' };

/**
 * The ecosystem whose advisories speak of a package: `npm`, `pypi`; for a distribution with the part of its release that feeds are keyed by:
 * `debian:11`, `debian:sid` where no release is stated, `alpine:3.18`, `alpine:edge`, `almalinux:9`,
 * `ubuntu:22.04`. Undefined where the distribution is not known.
 */
export function ecosystemOf(type: PackageType, distro: Distro | undefined): string | undefined {
  if (!isOsPackageType(type)) return ECOSYSTEMS[type] ?? type;
  const family = distro && FAMILIES[distro.id];
  if (!family) return undefined;
  if (family === 'alpine') {
    const release = /^(\d+\.\d+)(?:\.\d+)?$/.exec(distro.version ?? '')?.[1];
    return `alpine:${release ?? 'edge'}`;
  }
  if (family === 'ubuntu') return distro.version === undefined ? undefined : `ubuntu:${distro.version.split('.').slice(0, 2).join('.')}`;
  const major = /^\d+/.exec(distro.version ?? '')?.[0];
  if (family === 'debian') return `debian:${major ?? 'sid'}`;
  return major === undefined ? undefined : `${family}:${major}`;
}
