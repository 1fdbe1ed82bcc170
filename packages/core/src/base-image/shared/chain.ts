import type { ChainId, ImageDescription } from '@plimsoll/model';
import type { BaseRecord } from '../types.ts';

/** Chain IDs of an image, earliest layer first: the n-th is that of its first n layers. */
export function chainOf(image: ImageDescription): readonly ChainId[] {
  return image.layers.flatMap(({ chainId }) => (chainId ? [chainId] : []));
}

/**
 * Whether a record's layers are the first ones of an image, and the image is something on top of it: more layers, or a longer history on
 * the same layers (an image that adds ENV or CMD alone).
 */
export function isBelow(record: BaseRecord, image: ImageDescription): boolean {
  if (record.digest === image.digest || record.chainId === undefined) return false;
  const chain = chainOf(image);
  if (chain[record.layerCount - 1] !== record.chainId) return false;
  return (
    record.layerCount < chain.length || (record.historyCount > 0 && image.historyReliable && record.historyCount < image.layers.length)
  );
}
