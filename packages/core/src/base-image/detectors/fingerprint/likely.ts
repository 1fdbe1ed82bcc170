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
      // What holds the same packages is the same thing in another packing, not what it was built on.
      .filter(({ share, shared, known: other }) => share >= ENOUGH && (shared < here.size || other.packages.size > here.size))
      .toSorted((a, b) => b.shared - a.shared || b.share - a.share || (a.known.digest < b.known.digest ? -1 : 1))
  );
}
