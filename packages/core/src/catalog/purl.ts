import { type Distro, isOsPackageType, type PackageType } from '@plimsoll/model';
import { PackageURL } from 'packageurl-js';
import type { PackageDraft } from './types.ts';

/**
 * The purl of a package. Distro packages carry the qualifiers of the specification (arch, distro), the source package as `upstream`, and
 * the os_* ones by which others find their advisories:
 * `pkg:deb/debian/libssl1.1@1.1.1n-0%2Bdeb11u3?arch=amd64&distro=debian-11&os_distro=bullseye&os_name=debian&os_version=11&upstream=openssl`.
 * https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst
 */
export function purlOf(draft: PackageDraft, distro: Distro | undefined): string {
  const { type, name, version } = draft;
  if (!isOsPackageType(type)) {
    const cut = placeOfNamespace(type, name);
    const namespace = cut === -1 ? undefined : name.slice(0, cut);
    return new PackageURL(type, namespace, name.slice(cut + 1), version, undefined, undefined).toString();
  }
  const namespace = distro?.id ?? NAMESPACES[type];
  const [epoch, plain] = type === 'rpm' ? splitEpoch(version) : [undefined, version];
  return new PackageURL(type, namespace, name, plain, { ...(epoch && { epoch }), ...qualifiersOf(draft, distro) }, undefined).toString();
}

/** Of an OS package whose distribution is not known. */
const NAMESPACES: Partial<Record<PackageType, string>> = { deb: 'debian', apk: 'alpine' };

/** Where the namespace of a name ends: `@babel/core`, `org.apache.logging.log4j:log4j-core`, `github.com/gorilla/mux`; -1 without one. */
function placeOfNamespace(type: PackageType, name: string): number {
  if (type === 'npm') return name.startsWith('@') ? name.indexOf('/') : -1;
  if (type === 'maven') return name.indexOf(':');
  return type === 'golang' || type === 'composer' ? name.lastIndexOf('/') : -1;
}

/** The purl of an RPM has its epoch apart. */
function splitEpoch(version: string): readonly [string | undefined, string] {
  const colon = version.indexOf(':');
  return colon === -1 ? [undefined, version] : [version.slice(0, colon), version.slice(colon + 1)];
}

function qualifiersOf({ name, version, architecture, origin, module }: PackageDraft, distro: Distro | undefined): Record<string, string> {
  const upstream = origin && (origin.version !== version ? `${origin.name}@${origin.version}` : origin.name);
  const release = distro && osVersion(distro);
  return {
    ...(architecture && { arch: architecture }),
    ...(distro && { distro: distro.version ? `${distro.id}-${distro.version}` : distro.id, os_name: distro.id }),
    ...(distro?.codename && { os_distro: distro.codename }),
    ...(release && { os_version: release }),
    ...(module && { rpmmod: module }),
    ...(upstream && upstream !== name && { upstream }),
  };
}

/** The part of a release that its advisories are keyed by: `3.18` of alpine 3.18.9, `11` of debian 11. */
function osVersion({ id, version }: Distro): string | undefined {
  if (version === undefined) return id === 'debian' ? 'unstable' : undefined;
  const parts = version.split('.');
  return TWO_PARTS.has(id) ? parts.slice(0, 2).join('.') : parts[0];
}

const TWO_PARTS: ReadonlySet<string> = new Set([
  'alpine',
  'azurelinux',
  'mariner',
  'opensuse-leap',
  'photon',
  'sle-micro',
  'sles',
  'ubuntu',
]);
