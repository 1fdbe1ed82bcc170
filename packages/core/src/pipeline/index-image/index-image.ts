import type { Diagnostic, Inventory } from '@plimsoll/model';
import { catalogerVersions } from '../../catalog/driver.ts';
import type { Image } from '../../image/types.ts';
import { readLayers } from '../../layer/read-layers.ts';
import type { LayerCache } from '../../layer/types.ts';
import { squash } from '../../squash/squash.ts';
import type { Context } from '../../util/context.ts';

/**
 * Makes the inventory of an image: every layer read once (or taken from the cache), then replayed.
 * Diagnostics that `openImage` gave belong in `opened`: they become part of the inventory.
 * Throws where a layer cannot be read or is not what the manifest says: `LAYER_UNREADABLE`, `LAYER_DIFFID_MISMATCH`, `BLOB_*`.
 */
export async function indexImage(
  image: Image,
  options: { readonly cache: LayerCache; readonly context: Context; readonly opened?: readonly Diagnostic[] },
): Promise<Inventory> {
  const layers = await readLayers(image, options);
  const inventory = squash(image.description, layers, catalogerVersions());
  return { ...inventory, diagnostics: [...(options.opened ?? []), ...inventory.diagnostics] };
}
