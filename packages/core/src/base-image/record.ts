import { familiarName, type ImageDescription } from '@plimsoll/model';
import { chainsOf } from '../oci/chain-id.ts';
import { sha256 } from '../util/hash.ts';
import { historyDigests } from './shared/chain.ts';
import type { BaseRecord, NewBaseRecord } from './types.ts';

/** What the base index keeps of an image: nothing that would need a layer. */
export function toBaseRecord(
  image: ImageDescription,
  options: { readonly input: string; readonly ref?: string; readonly origin: BaseRecord['origin'] },
): NewBaseRecord {
  const stored = image.layers.filter(({ emptyLayer }) => !emptyLayer);
  const chainId = stored.at(-1)?.chainId;
  const chains = chainsOf(image.layers, sha256);
  const [storedChain, diffEmpty, storedEmpty] = [chains.stored.at(-1), chains['diff+empty'].at(-1), chains['stored+empty'].at(-1)];
  const history = historyDigests(image).at(-1);
  return {
    name: image.name,
    ...placeOf(image),
    digest: image.digest,
    ...(image.indexDigest && { indexDigest: image.indexDigest }),
    configDigest: image.configDigest,
    platform: image.platform,
    ...(image.created && { created: image.created }),
    size: image.size,
    ...(chainId && { chainId }),
    chains: {
      ...(storedChain && { stored: storedChain }),
      ...(diffEmpty && { 'diff+empty': diffEmpty }),
      ...(storedEmpty && { 'stored+empty': storedEmpty }),
    },
    layerCount: stored.length,
    ...(history && { history: { count: image.layers.length, digest: history } }),
    config: image.config,
    ...options,
  };
}

/**
 * Which repository an image belongs to: tags of one repository are candidates for each other. A ref name of a folder is split where a tag
 * would begin: `python:3.9` at the colon, `python_3.9-slim` (as folders are often named, where a colon cannot stand) at the first underscore.
 */
function placeOf({ name, reference }: Pick<ImageDescription, 'name' | 'reference'>): {
  readonly repository: string;
  readonly tag: string;
} {
  if (reference) {
    const { registry, repository, tag } = reference;
    return { repository: familiarName({ registry, repository }), tag: tag ?? '' };
  }
  const colon = name.lastIndexOf(':');
  const split = colon > name.lastIndexOf('/') ? colon : name.indexOf('_');
  return split <= 0 ? { repository: name, tag: '' } : { repository: name.slice(0, split), tag: name.slice(split + 1) };
}
