import type { Digest, Inventory } from '@plimsoll/model';
import { packageKey } from '../base-image/shared/likeness.ts';
import type { Fingerprint } from '../base-image/types.ts';
import type { InventoryStore } from '../store/types.ts';

/** More images than this are not compared with one that nobody knows. */
const MOST = 2000;

/** Fingerprints of every image that was indexed, each made once. */
export function createFingerprints(inventories: Pick<InventoryStore, 'digests' | 'get'>): () => readonly Fingerprint[] {
  const made = new Map<Digest, Fingerprint | undefined>();
  return () =>
    inventories
      .digests()
      .slice(0, MOST)
      .flatMap((digest) => {
        if (!made.has(digest)) {
          const inventory = inventories.get(digest);
          made.set(digest, inventory && toFingerprint(inventory));
        }
        return made.get(digest) ?? [];
      });
}

function toFingerprint({ image, distro, packages }: Inventory): Fingerprint | undefined {
  if (!distro) return undefined;
  return { digest: image.digest, distro: `${distro.id} ${distro.version ?? ''}`, packages: new Set(packages.map(packageKey)) };
}
