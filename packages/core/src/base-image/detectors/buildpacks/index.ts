import { groupByPart } from '../../shared/chain.ts';
import { claimStated, namedRecords } from '../../shared/stated.ts';
import type { BaseClaim, BaseImageDetector } from '../../types.ts';
import { LABEL, readLifecycle } from './parse.ts';

/** The run image that buildpacks put an app on. https://github.com/buildpacks/spec/blob/main/platform.md */
export const buildpacks: BaseImageDetector = {
  id: 'buildpacks',
  detect(image, index) {
    const found = readLifecycle(image.config.labels[LABEL]);
    if (!found) return [];
    const { names, digest, topLayer } = found;
    const [name] = names;
    if (name === undefined) return [];
    const stored = image.layers.filter(({ emptyLayer }) => !emptyLayer);
    const layerCount = stored.findIndex(({ diffId }) => diffId === topLayer) + 1;
    const known = names.flatMap((other) => namedRecords(image, index, other));
    const [part] = groupByPart(known, image).filter((group) => group.layerCount === layerCount);
    const evidence = {
      detector: 'buildpacks',
      detail: `the build states ${name} as its run image, up to layer ${stored[layerCount - 1]?.index ?? '?'}`,
    };
    const common = { statedName: name, ...(digest && { statedDigest: digest }), evidence };
    if (part) return [{ ...part, ...common, confidence: 'verified' }];
    if (layerCount > 0) return [{ layerCount, historyCount: 0, records: [], ...common, confidence: 'stated' } satisfies BaseClaim];
    const claim = claimStated(
      image,
      index,
      { name, ...(digest && { digest }) },
      { detector: 'buildpacks', says: 'the build states the run image' },
    );
    return claim ? [claim] : [];
  },
};
