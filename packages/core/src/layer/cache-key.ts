import type { Digest } from '@plimsoll/model';
import { catalogerVersions } from '../catalog/driver.ts';

/** Goes up when the shape or meaning of layer facts changes. */
const FACTS_VERSION = 3;

/** What layer facts depend on: the layer's bytes, the shape of the facts, the catalogers. Letters, digits, dots and dashes only. */
export function layerCacheKey(diffId: Digest): string {
  const versions = Object.entries(catalogerVersions()).map(([id, version]) => `${id}.${version}`);
  return [diffId.replace(':', '-'), FACTS_VERSION, ...versions].join('-');
}
