import type { Package } from '@plimsoll/model';

/** What makes two package versions one in a fingerprint. */
export function packageKey({ type, name, version }: Pick<Package, 'type' | 'name' | 'version'>): string {
  return `${type} ${name} ${version}`;
}

/** How many of the known ones are here, and which share of them that is, 0 to 1. */
export function likeness(known: ReadonlySet<string>, here: ReadonlySet<string>): { readonly shared: number; readonly share: number } {
  const shared = known.intersection(here).size;
  return { shared, share: known.size === 0 ? 0 : shared / known.size };
}
