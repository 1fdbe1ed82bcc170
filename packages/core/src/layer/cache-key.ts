import type { Digest } from '@plimsoll/model';
import { catalogerVersions } from '../catalog/driver.ts';
import { sha256 } from '../util/hash.ts';

/** Goes up when the shape or meaning of layer facts changes. */
const FACTS_VERSION = 3;

/**
 * What layer facts depend on: the layer's bytes, the shape of the facts, the catalogers. Letters, digits and dashes only, and short however
 * many catalogers there are: it names a file.
 */
export function layerCacheKey(diffId: Digest, catalogers: Readonly<Record<string, number>> = catalogerVersions()): string {
  const versions = Object.entries(catalogers).map(([id, version]) => `${id} ${version}`);
  const mark = sha256([FACTS_VERSION, ...versions].join('\n')).slice('sha256:'.length, 'sha256:'.length + 32);
  return `${diffId.replace(':', '-')}-${mark}`;
}
