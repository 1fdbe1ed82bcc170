import { groupByPart } from '../../shared/chain.ts';
import { namedRecords } from '../../shared/stated.ts';
import type { BaseImageDetector } from '../../types.ts';

/** The base a person says it is: with its layers where it is known and lies below, else by name alone. */
export const pin: BaseImageDetector = {
  id: 'pin',
  detect(image, index, { pinned }) {
    if (pinned === undefined) return [];
    const known = namedRecords(image, index, pinned);
    const [part] = groupByPart(known, image).toSorted((a, b) => b.layerCount - a.layerCount || b.historyCount - a.historyCount);
    const detail = part ? `a person said that it is ${pinned}, and its layers agree` : `a person said that it is ${pinned}`;
    const common = { statedName: pinned, evidence: { detector: 'pin', detail } };
    if (part) return [{ ...part, ...common, confidence: 'verified' }];
    return [{ layerCount: 0, historyCount: 0, records: known, ...common, confidence: 'stated' }];
  },
};
