import { instructionOf } from '@plimsoll/model';
import type { BaseImageDetector } from '../../types.ts';

/** The last resort: where the history of a base seems to end, named after the distribution. */
export const history: BaseImageDetector = {
  id: 'history',
  guesses: true,
  detect(image, _index, { distro }) {
    if (!image.historyReliable || !distro) return [];
    const stored = image.layers.filter(({ emptyLayer }) => !emptyLayer);
    // An image ends with what it runs; what has layers after that was built on it.
    const end = image.layers.findLast(
      ({ index, emptyLayer, createdBy }) =>
        emptyLayer && /^(?:CMD|ENTRYPOINT) /.test(instructionOf(createdBy)) && stored.some((layer) => layer.index > index),
    );
    if (!end) return [];
    const layerCount = stored.filter(({ index }) => index < end.index).length;
    if (layerCount === 0) return [];
    const release = `${distro.id}${distro.version === undefined ? '' : `:${distro.version}`}`;
    const statedName = layerCount === 1 ? `probably ${release}` : `an image on ${release}`;
    const detail = `its history has ${instructionOf(end.createdBy).split(' ')[0]} at layer ${end.index} and goes on after it, as where one image is built on another; its system is ${distro.name}`;
    return [
      {
        layerCount,
        historyCount: end.index + 1,
        records: [],
        statedName,
        confidence: 'guessed',
        evidence: { detector: 'history', detail },
      },
    ];
  },
};
