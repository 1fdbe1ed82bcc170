import { isDigest } from '@plimsoll/model';
import { annotations } from '../../../oci/media-types.ts';
import { claimStated } from '../../shared/stated.ts';
import type { BaseImageDetector } from '../../types.ts';

/** The base that annotations of the manifest or labels of the config name. https://specs.opencontainers.org/image-spec/annotations/ */
export const annotation: BaseImageDetector = {
  id: 'annotation',
  detect(image, index) {
    for (const [place, values] of [
      ['an annotation', image.annotations],
      ['a label', image.config.labels],
    ] as const) {
      const name = values[annotations.baseName];
      const digest = values[annotations.baseDigest];
      if (!name) continue;
      const stated = { name, ...(digest && isDigest(digest) && { digest }) };
      const claim = claimStated(image, index, stated, { detector: 'annotation', says: `${place} of the image names` });
      if (claim) return [claim];
    }
    return [];
  },
};
