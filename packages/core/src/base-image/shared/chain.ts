import type { ChainId, Digest, ImageDescription } from '@plimsoll/model';
import { sha256 } from '../../util/hash.ts';
import type { BaseRecord } from '../types.ts';

/** Chain IDs of an image, earliest layer first: the n-th is that of its first n layers. */
export function chainOf(image: ImageDescription): readonly ChainId[] {
  return image.layers.flatMap(({ chainId }) => (chainId ? [chainId] : []));
}

/**
 * Digests over the first n history entries of an image, for each n; none where the history is not reliable. An image inherits the history of
 * its base word for word, so equal digests tell images apart that have the same layers (one adds ENV or CMD alone).
 */
export function historyDigests(image: ImageDescription): readonly Digest[] {
  if (!image.historyReliable) return [];
  const digests: Digest[] = [];
  for (const { createdBy, created, emptyLayer } of image.layers) {
    digests.push(sha256(`${digests.at(-1) ?? ''}\n${JSON.stringify([createdBy, created ?? '', emptyLayer])}`));
  }
  return digests;
}

/** How much of an image a record brought: layers, and history entries where its history is how the image's begins (else 0). */
export interface Part {
  readonly layerCount: number;
  readonly historyCount: number;
}

interface Identifiers {
  readonly chain: readonly ChainId[];
  readonly digests: readonly Digest[];
}

/**
 * The part of an image that a record is, where its layers are the image's first ones and the image is something on top of it: more layers,
 * or a longer history on the same layers. Undefined where it does not lie below.
 */
function partBelow(record: BaseRecord, image: ImageDescription, { chain, digests }: Identifiers): Part | undefined {
  const { chainId, layerCount, history } = record;
  if (record.digest === image.digest || chainId === undefined) return undefined;
  if (chain[layerCount - 1] !== chainId) return undefined;
  const begins = history !== undefined && digests[history.count - 1] === history.digest;
  const historyCount = begins ? history.count : 0;
  const isMore = layerCount < chain.length || (begins && history.count < image.layers.length);
  return isMore ? { layerCount, historyCount } : undefined;
}

/** Records that lie below an image, grouped by the part they are. Those whose history differs join the first that has the same layers. */
export function groupByPart(
  records: readonly BaseRecord[],
  image: ImageDescription,
): readonly (Part & { readonly records: readonly BaseRecord[] })[] {
  const identifiers = { chain: chainOf(image), digests: historyDigests(image) };
  const placed = records.flatMap((record) => {
    const part = partBelow(record, image, identifiers);
    return part ? [{ record, ...part }] : [];
  });
  const exact = Map.groupBy(
    placed.filter(({ historyCount }) => historyCount > 0),
    ({ layerCount, historyCount }) => `${layerCount} ${historyCount}`,
  );
  const groups = [...exact.values()].map((found) => ({ ...(found[0] as Part), records: found.map(({ record }) => record) }));
  for (const { record, layerCount } of placed.filter(({ historyCount }) => historyCount === 0)) {
    const home = groups.filter((group) => group.layerCount === layerCount).sort((a, b) => a.historyCount - b.historyCount)[0];
    if (home) home.records.push(record);
    else groups.push({ layerCount, historyCount: 0, records: [record] });
  }
  return groups.map(({ layerCount, historyCount, records: found }) => ({ layerCount, historyCount, records: found }));
}
