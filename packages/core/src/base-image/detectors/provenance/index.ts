import { claimStated } from '../../shared/stated.ts';
import type { BaseImageDetector } from '../../types.ts';
import { parseMaterial } from './parse.ts';

/** Images that the build used, as its builder attests. Those of other stages do not lie below this image and are passed over. */
export const provenance: BaseImageDetector = {
  id: 'provenance',
  detect(image, index) {
    const claims = (image.provenance?.materials ?? []).flatMap((material) => {
      const stated = parseMaterial(material);
      const claim = stated && claimStated(image, index, stated, { detector: 'provenance', says: 'the builder attests that it used' });
      return claim ? [claim] : [];
    });
    // Several images were used and none is known here: any of them may be another stage's, so none is named.
    const unknown = claims.filter(({ confidence }) => confidence === 'stated');
    const verified = claims.filter(({ confidence }) => confidence === 'verified');
    return verified.length > 0 ? verified : unknown.length === 1 ? unknown : [];
  },
};
