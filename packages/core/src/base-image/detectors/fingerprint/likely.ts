import type { Digest, Distro } from '@plimsoll/model';
import { likeness } from '../../shared/likeness.ts';
import type { Fingerprint } from '../../types.ts';

/** Fewer packages say nothing. */
export const FEWEST = 8;
/** Share of a known image's packages that must be here too. */
const ENOUGH = 0.9;

/** A known image that is like this one. */
export interface Likely {
  readonly known: Fingerprint;
  /** How many of its packages are here, and which share of them that is, 0 to 1. */
  readonly shared: number;
  readonly share: number;
}

/** Known images of the same release nearly all of whose packages are here, the largest first. */
export function findLikely(
  here: ReadonlySet<string>,
  digest: Digest,
  { id, version }: Distro,
  known: readonly Fingerprint[],
): readonly Likely[] {
  const release = `${id} ${version ?? ''}`;
  return (
    known
      .filter((other) => other.distro === release && other.digest !== digest && other.packages.size >= FEWEST)
      .map((other) => ({ known: other, ...likeness(other.packages, here) }))
      // What has no package of another name is the same thing at another time or in another packing, not what it was built on.
      .filter(({ share, known: other }) => share >= ENOUGH && hasMore(here, other.packages))
      .toSorted((a, b) => b.shared - a.shared || b.share - a.share || (a.known.digest < b.known.digest ? -1 : 1))
  );
}

function hasMore(here: ReadonlySet<string>, known: ReadonlySet<string>): boolean {
  const names = new Set([...known].map(nameOf));
  return [...here].some((key) => !names.has(nameOf(key)));
}

/** A package key without its version. */
function nameOf(key: string): string {
  return key.slice(0, key.lastIndexOf(' '));
}
