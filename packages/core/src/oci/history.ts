import type { ChainId, Digest, Layer } from '@plimsoll/model';
import type { Descriptor, HistoryEntry } from './types.ts';

/** Layers as stored with what they are when inflated. All three run side by side. */
export interface StoredLayers {
  readonly descriptors: readonly Descriptor[];
  readonly diffIds: readonly Digest[];
  readonly chainIds: readonly ChainId[];
}

/**
 * Joins history and layers, which count differently: entries that are not empty take the layers in order.
 * Where their number differs (some builders write short histories or none) no entry can be trusted, and layers stand without instruction.
 */
export function joinHistory(
  history: readonly HistoryEntry[],
  stored: StoredLayers,
): { readonly layers: readonly Layer[]; readonly reliable: boolean } {
  const { diffIds } = stored;
  const reliable =
    history.filter(({ emptyLayer }) => !emptyLayer).length === diffIds.length && (history.length > 0 || diffIds.length === 0);
  const entries = reliable ? history : diffIds.map((): HistoryEntry => ({ createdBy: '', emptyLayer: false }));
  let next = 0;
  const layers = entries.map(({ createdBy, created, emptyLayer }, index): Layer => {
    const common = { index, createdBy, emptyLayer, ...(created && { created }) };
    if (emptyLayer) return common;
    const position = next++;
    const descriptor = stored.descriptors[position];
    const diffId = diffIds[position];
    const chainId = stored.chainIds[position];
    return {
      ...common,
      ...(descriptor && { digest: descriptor.digest, size: descriptor.size }),
      ...(diffId && { diffId }),
      ...(chainId && { chainId }),
    };
  });
  return { layers, reliable };
}
