import type { Digest, Inventory } from '@plimsoll/model';

/** An image that was indexed, as the list keeps it. */
export interface StoredImage {
  readonly digest: Digest;
  /** Every name it was indexed under, newest first. */
  readonly names: readonly string[];
  /** When it was last indexed, RFC 3339. */
  readonly indexed: string;
}

/** Inventories by manifest digest. */
export interface InventoryStore {
  get(digest: Digest): Inventory | undefined;
  /** Keeps the inventory and puts `inventory.image.name` first among its names. */
  put(inventory: Inventory, indexed: string): void;
  /** Keeps the inventory of an image that nobody asked to see: a base, for its counts. It is not listed until it is `put`. */
  keep(inventory: Inventory, indexed: string): void;
  /** Newest first. */
  list(): readonly StoredImage[];
  /** Digests of all that are kept, listed or not. */
  digests(): readonly Digest[];
  /** True where there was one. */
  remove(digest: Digest): boolean;
  /** Changes whenever an inventory comes or goes. */
  fingerprint(): string;
}

/** Bases that a person says images have, by the image's name: a rebuilt image of the same name keeps its pin. */
export interface PinStore {
  get(image: string): string | undefined;
  put(image: string, base: string): void;
  /** True where there was one. */
  remove(image: string): boolean;
  /** Changes whenever a pin does. */
  fingerprint(): string;
}
