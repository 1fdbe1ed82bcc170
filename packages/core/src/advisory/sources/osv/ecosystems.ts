import type { SchemeId } from '../../../version/types.ts';

/** One ecosystem of OSV in our words. https://ossf.github.io/osv-schema/#defined-ecosystems */
interface OsvEcosystem {
  /** As OSV names it, up to the first colon. */
  readonly name: string;
  readonly scheme: SchemeId;
  /** Our key, of what follows the colon; undefined for a release that is not matched. */
  keyOf(release: string): string | undefined;
  /** Its `all.zip` is fetched from the live feed; others are read where a file holds them. */
  readonly live?: true;
}

/** `8.10` and `8` are one stream. */
const major = (family: string) => (release: string) => {
  const found = /^v?(\d{1,4})(?:\.|$)/.exec(release)?.[1];
  return found && `${family}:${found}`;
};

/** `Linux Enterprise Module for Basesystem 15 SP5`, `Linux Enterprise Server 15 SP3-LTSS`, `Linux Enterprise Micro 5.3`. */
function keyOfSuse(release: string): string | undefined {
  const micro = /^Linux (?:Enterprise )?Micro (\d{1,3}\.\d{1,3})/.exec(release)?.[1];
  if (micro !== undefined) return `sle-micro:${micro}`;
  if (!release.startsWith('Linux Enterprise ') || release.includes('Live Patching')) return undefined;
  // The release stands last: `Linux Enterprise Module for Python 3 15 SP4`.
  const [, number, pack] = /(?:^| )(\d{1,3})(?: SP(\d{1,3}))?(?:-[A-Z]+)?$/.exec(release) ?? [];
  return number === undefined ? undefined : `sles:${number}${pack === undefined ? '' : `.${pack}`}`;
}

function keyOfOpenSuse(release: string): string | undefined {
  if (release === 'Tumbleweed') return 'opensuse-tumbleweed';
  const leap = /^Leap (\d{1,3}\.\d{1,3})/.exec(release)?.[1];
  return leap && `opensuse-leap:${leap}`;
}

/** Every ecosystem that is matched. Fixes that only subscribers get (`Ubuntu:Pro:...`) and extended streams (`Red Hat:rhel_eus:...`) are not. */
export const ecosystems: readonly OsvEcosystem[] = [
  { name: 'AlmaLinux', scheme: 'rpm', live: true, keyOf: major('almalinux') },
  { name: 'Alpine', scheme: 'apk', keyOf: (release) => (release ? `alpine:${release.replace(/^v/, '')}` : undefined) },
  { name: 'Bitnami', scheme: 'generic', live: true, keyOf: () => 'bitnami' },
  { name: 'Chainguard', scheme: 'apk', keyOf: () => 'chainguard' },
  { name: 'Debian', scheme: 'deb', keyOf: major('debian') },
  { name: 'Go', scheme: 'go', live: true, keyOf: () => 'golang' },
  { name: 'Maven', scheme: 'maven', live: true, keyOf: () => 'maven' },
  { name: 'NuGet', scheme: 'nuget', live: true, keyOf: () => 'nuget' },
  { name: 'Packagist', scheme: 'composer', live: true, keyOf: () => 'composer' },
  { name: 'PyPI', scheme: 'pep440', live: true, keyOf: () => 'pypi' },
  { name: 'Red Hat', scheme: 'rpm', keyOf: (release) => major('rhel')(/^enterprise_linux:(.*)$/.exec(release)?.[1]?.split(':')[0] ?? '') },
  { name: 'Rocky Linux', scheme: 'rpm', live: true, keyOf: major('rocky') },
  { name: 'RubyGems', scheme: 'gem', live: true, keyOf: () => 'gem' },
  { name: 'SUSE', scheme: 'rpm', live: true, keyOf: keyOfSuse },
  { name: 'Ubuntu', scheme: 'deb', keyOf: (release) => (/^\d/.test(release) ? `ubuntu:${release.split(':')[0]}` : undefined) },
  { name: 'Wolfi', scheme: 'apk', keyOf: () => 'wolfi' },
  { name: 'crates.io', scheme: 'semver', live: true, keyOf: () => 'cargo' },
  { name: 'npm', scheme: 'semver', live: true, keyOf: () => 'npm' },
  { name: 'openSUSE', scheme: 'rpm', live: true, keyOf: keyOfOpenSuse },
];

/** Our keys of all of them, without releases. */
export const families: readonly string[] = [
  ...['almalinux', 'alpine', 'bitnami', 'cargo', 'chainguard', 'composer', 'debian', 'gem', 'golang', 'maven', 'npm', 'nuget'],
  ...['opensuse-leap', 'opensuse-tumbleweed', 'pypi', 'rhel', 'rocky', 'sle-micro', 'sles', 'ubuntu', 'wolfi'],
];

/** Where a package of an OSV ecosystem (`Rocky Linux:9`) is looked for here; undefined where it is not matched. */
export function placeOf(text: string): { readonly ecosystem: string; readonly scheme: SchemeId } | undefined {
  const colon = text.indexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  const found = ecosystems.find((candidate) => candidate.name === name);
  const ecosystem = found?.keyOf(colon === -1 ? '' : text.slice(colon + 1));
  return found && ecosystem !== undefined ? { ecosystem, scheme: found.scheme } : undefined;
}
