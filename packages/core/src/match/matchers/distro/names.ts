import type { AdvisoryKey, AffectedPackage } from '../../../advisory/types.ts';
import { rpmNames } from '../../shared/distributions.data.ts';
import type { Subject } from '../../types.ts';

/**
 * Where to look for a package: by its source package, but an RPM by the name that its distribution's advisories use. Red Hat names the
 * packages that are not fixed yet by their source, which is written apart (`openssl.src`): a source and a binary may bear one name.
 */
export function namesOf({ type, name, origin }: Subject, ecosystem: string): readonly AdvisoryKey[] {
  const source = origin?.name ?? name;
  if (type !== 'rpm') return [{ ecosystem, name: source }];
  const [family = ''] = ecosystem.split(':', 1);
  if (family === 'rhel')
    return [
      { ecosystem, name },
      { ecosystem, name: `${source}.src` },
    ];
  const names = rpmNames[family] === 'source' ? [source] : rpmNames[family] === 'both' ? [name, source] : [name];
  return [...new Set(names)].map((wanted) => ({ ecosystem, name: wanted }));
}

/** The version that a record of a package is compared with: the source package's where the record is of that. */
export function versionFor({ type, name, version, origin }: Subject, affected: AffectedPackage): string {
  if (type !== 'rpm') return origin?.version ?? version;
  const isOfSource = origin !== undefined && affected.name !== name && affected.name.replace(/\.src$/, '') === origin.name;
  const own = isOfSource ? withEpochOf(version, origin.version) : version;
  // Photon's versions come without their epochs, which would else outweigh everything.
  return affected.ecosystem.startsWith('photon:') ? own.replace(/^\d{1,9}:/, '') : own;
}

/** The name of a source RPM tells no epoch; it is that of what was built from it, but for a few. */
function withEpochOf(binary: string, source: string): string {
  const epoch = /^\d{1,9}:/.exec(binary)?.[0];
  return epoch === undefined || /^\d{1,9}:/.test(source) ? source : `${epoch}${source}`;
}

/** Whether a package is of an architecture, as its purl says; one that does not say may be. */
export function isBuiltFor({ purl }: Subject, architecture: string): boolean {
  const found = /[?&]arch=([^&#]{1,50})/.exec(purl)?.[1];
  return found === undefined || found === architecture || found === 'noarch';
}
