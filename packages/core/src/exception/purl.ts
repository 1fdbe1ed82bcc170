import type { PackageType } from '@plimsoll/model';
import { PackageURL } from 'packageurl-js';
import { compareVersions, schemeOf } from '../version/compare.ts';

const MAX_LENGTH = 2048;

/** A purl taken apart. https://github.com/package-url/purl-spec */
export interface Purl {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
  readonly qualifiers: Readonly<Record<string, string>>;
}

/** Takes purls apart, each once: documents repeat them by the thousand. Undefined for what is none. */
export function createPurlReader(): (text: string) => Purl | undefined {
  const known = new Map<string, Purl | undefined>();
  return (text) => {
    if (!known.has(text)) known.set(text, parsePurl(text));
    return known.get(text);
  };
}

function parsePurl(text: string): Purl | undefined {
  if (!text.startsWith('pkg:') || text.length > MAX_LENGTH) return undefined;
  try {
    const { type, namespace, name, version, qualifiers } = PackageURL.fromString(text);
    if (!type || !name) return undefined;
    return { type, namespace: namespace ?? '', name, ...(version && { version }), qualifiers: { ...qualifiers } };
  } catch {
    return undefined;
  }
}

/**
 * Whether a purl that is stated means a package: type, namespace and name are the same, and so are version and qualifiers where they are stated.
 * `arch=source` means every package that was built from that source.
 */
export function fitsPackage(stated: Purl, own: Purl): boolean {
  const { arch, ...qualifiers } = stated.qualifiers;
  const isSource = arch === 'source' || arch === 'src';
  const [source = own.name, sourceVersion = own.version] = (own.qualifiers.upstream ?? '').split('@', 2).filter(Boolean);
  if (stated.type !== own.type || stated.namespace !== own.namespace) return false;
  if (stated.name !== (isSource ? source : own.name)) return false;
  if (!isSource && arch !== undefined && arch !== own.qualifiers.arch) return false;
  if (stated.version !== undefined && !isSameVersion(own.type, stated.version, isSource ? sourceVersion : own.version)) return false;
  return Object.entries(qualifiers).every(([key, value]) => isSameQualifier(key, value, own.qualifiers[key]));
}

function isSameVersion(type: string, stated: string, own: string | undefined): boolean {
  if (own === undefined || stated === own) return stated === own;
  const scheme = SCHEMED.has(type) ? schemeOf(type as PackageType) : undefined;
  return scheme !== undefined && compareVersions(scheme, stated, own) === 0;
}

const SCHEMED: ReadonlySet<string> = new Set([
  'apk',
  'cargo',
  'composer',
  'conda',
  'deb',
  'gem',
  'golang',
  'maven',
  'npm',
  'nuget',
  'pypi',
  'rpm',
] satisfies readonly PackageType[]);

/** `distro=debian-12` means every point release of it. What only says where a package is fetched is no part of what it is. */
function isSameQualifier(key: string, stated: string, own: string | undefined): boolean {
  if (key === 'checksum' || key === 'download_url' || key === 'repository_url' || key === 'vcs_url') return true;
  if (key === 'distro' && own?.startsWith(`${stated}.`)) return true;
  return stated === own;
}
