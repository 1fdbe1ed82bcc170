import { type Digest, familiarName, type ImageDescription } from '@plimsoll/model';
import { parseReference } from '../../oci/reference.ts';
import type { BaseClaim, BaseIndex, BaseRecord } from '../types.ts';
import { groupByPart } from './chain.ts';

/**
 * What is claimed where a builder or label states a base. `verified` where a known image of that digest, or of that name, lies below this
 * one layer for layer; `stated` where no such image is known. Undefined where it is known and does not lie below: an image of another stage.
 */
export function claimStated(
  image: ImageDescription,
  index: BaseIndex,
  stated: { readonly name: string; readonly digest?: Digest },
  evidence: { readonly detector: string; readonly says: string },
): BaseClaim | undefined {
  const name = familiar(stated.name);
  const known = [...(stated.digest ? index.byDigest(stated.digest) : []), ...namedRecords(image, index, name)];
  const longest = groupByPart(known, image).toSorted((a, b) => b.layerCount - a.layerCount || b.historyCount - a.historyCount)[0];
  const common = { statedName: name, ...(stated.digest && { statedDigest: stated.digest }) };
  if (longest) {
    const detail = `${evidence.says} ${name}, and its layers agree`;
    return { ...longest, ...common, confidence: 'verified', evidence: { detector: evidence.detector, detail } };
  }
  if (known.some(({ platform }) => platform.architecture === image.platform.architecture)) return undefined;
  const detail = `${evidence.says} ${name}; its layers are not known here`;
  return {
    layerCount: 0,
    historyCount: 0,
    records: [],
    ...common,
    confidence: 'stated',
    evidence: { detector: evidence.detector, detail },
  };
}

/** Records called so, whatever registry or separator their place writes names with: `python:3.9-slim`, `python_3.9-slim`. */
export function namedRecords(image: ImageDescription, index: BaseIndex, name: string): readonly BaseRecord[] {
  const colon = name.lastIndexOf(':');
  if (colon <= name.lastIndexOf('/')) return [];
  const repository = name.slice(0, colon);
  return index.historyOfTag(repository, name.slice(colon + 1), image.platform);
}

function familiar(name: string): string {
  try {
    return familiarName(parseReference(name.split('@')[0] ?? name));
  } catch {
    return name;
  }
}
