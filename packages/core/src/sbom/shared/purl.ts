import { type Distro, isOsPackageType, type Origin, packageTypes } from '@plimsoll/model';
import { PackageURL } from 'packageurl-js';
import type { ListedPackage } from '../types.ts';

/** What a purl tells of a package, and of the distribution it is of. */
export interface PurlContent {
  readonly found: Pick<ListedPackage, 'type' | 'name' | 'version' | 'architecture' | 'origin'>;
  readonly distro?: Distro;
}

/**
 * Reads a purl back: name and namespace as the ecosystem joins them, the epoch of an RPM, the source package (`upstream`), and the distribution
 * (`distro`, `os_name`, `os_distro`). Undefined for a type that is not known, and for what is no purl.
 * https://github.com/package-url/purl-spec
 */
export function readPurl(text: string): PurlContent | undefined {
  const purl = parse(text);
  const type = packageTypes.find((known) => known === purl?.type);
  if (!purl || !type || !purl.version) return undefined;
  const qualifiers = purl.qualifiers ?? {};
  const version = qualifiers.epoch && type === 'rpm' ? `${qualifiers.epoch}:${purl.version}` : purl.version;
  const namespace = isOsPackageType(type) ? undefined : purl.namespace;
  const name = namespace ? `${namespace}${type === 'maven' ? ':' : '/'}${purl.name}` : purl.name;
  const origin = originOf(qualifiers.upstream, version);
  const distro = isOsPackageType(type) ? distroOf(qualifiers, purl.namespace ?? undefined) : undefined;
  return {
    found: { type, name, version, ...(qualifiers.arch && { architecture: qualifiers.arch }), ...(origin && { origin }) },
    ...(distro && { distro }),
  };
}

function parse(text: string): PackageURL | undefined {
  if (text.length > 4096) return undefined;
  try {
    return PackageURL.fromString(text);
  } catch {
    return undefined;
  }
}

/** `openssl`, `openssl@1.1.1n-0`; for an RPM also the file of the source package, `openssl-3.0.7-1.el9.src.rpm`. */
function originOf(upstream: string | undefined, version: string): Origin | undefined {
  if (!upstream) return undefined;
  const source = /^(.+)-([^-]+-[^-]+)\.src\.rpm$/.exec(upstream);
  if (source) return { name: source[1] as string, version: source[2] as string };
  const at = upstream.lastIndexOf('@');
  return at > 0 ? { name: upstream.slice(0, at), version: upstream.slice(at + 1) } : { name: upstream, version };
}

/** `distro=debian-11`, or `os_name` with `os_version`; the namespace where neither says. */
function distroOf(
  { distro, os_name: named, os_version: release, os_distro: codename }: Readonly<Record<string, string>>,
  namespace: string | undefined,
): Distro | undefined {
  const dash = distro?.indexOf('-') ?? -1;
  const id = named ?? (dash > 0 ? distro?.slice(0, dash) : distro) ?? namespace;
  if (!id) return undefined;
  const version = distro?.startsWith(`${id}-`) ? distro.slice(id.length + 1) : release;
  const known = version && version !== 'unstable' ? version : undefined;
  return { id, name: known ? `${id} ${known}` : id, like: [], ...(known && { version: known }), ...(codename && { codename }) };
}
