/** How a distribution's packages are looked for. */
export interface Distribution {
  /** The first part of its ecosystem; another's where its packages are rebuilt release for release under the same versions. */
  readonly family: string;
  /** Which part of `VERSION_ID` feeds are keyed by. */
  readonly release: 'major' | 'service' | 'branch' | 'none';
  /** The release of one that states none. */
  readonly rolling?: string;
}

/** By os-release's `ID`. Fedora, Arch, Gentoo and others are not here: no feed of theirs is read. */
export const distributions: Readonly<Record<string, Distribution>> = {
  almalinux: { family: 'almalinux', release: 'major' },
  alpine: { family: 'alpine', release: 'branch', rolling: 'edge' },
  amzn: { family: 'amazon', release: 'major' },
  azurelinux: { family: 'azurelinux', release: 'service' },
  centos: { family: 'rhel', release: 'major' },
  chainguard: { family: 'chainguard', release: 'none' },
  debian: { family: 'debian', release: 'major', rolling: 'sid' },
  mariner: { family: 'mariner', release: 'service' },
  ol: { family: 'oracle', release: 'major' },
  'opensuse-leap': { family: 'opensuse-leap', release: 'service' },
  'opensuse-tumbleweed': { family: 'opensuse-tumbleweed', release: 'none' },
  photon: { family: 'photon', release: 'service' },
  rhel: { family: 'rhel', release: 'major' },
  rocky: { family: 'rocky', release: 'major' },
  'sle-micro': { family: 'sle-micro', release: 'service' },
  'sle-micro-rancher': { family: 'sle-micro', release: 'service' },
  sled: { family: 'sles', release: 'service' },
  sles: { family: 'sles', release: 'service' },
  sles_sap: { family: 'sles', release: 'service' },
  ubuntu: { family: 'ubuntu', release: 'service' },
  wolfi: { family: 'wolfi', release: 'none' },
};

/**
 * Which name of an RPM its advisories are written for: its own; the source package's; or some of either, so that both are looked for.
 * Of other kinds of package it is the source package's.
 */
export const rpmNames: Readonly<Record<string, 'source' | 'both'>> = {
  azurelinux: 'source',
  mariner: 'source',
  photon: 'both',
  rocky: 'both',
};
