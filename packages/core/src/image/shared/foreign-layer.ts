import type { Digest } from '@plimsoll/model';
import { AppError } from '../../util/errors.ts';

/** A layer is kept elsewhere: `LAYER_FOREIGN`. */
export function foreignLayer(digest: Digest, cause?: unknown): AppError {
  return new AppError('LAYER_FOREIGN', `the layer ${digest} may not be distributed with the image, and is not there`, {
    ...(cause !== undefined && { cause }),
    hint: 'push the image to a registry of your own with its foreign layers, as with docker push --allow-nondistributable-artifacts',
  });
}
