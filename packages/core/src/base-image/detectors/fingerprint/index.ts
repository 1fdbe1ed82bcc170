import { packageKey } from '../../shared/likeness.ts';
import type { BaseImageDetector } from '../../types.ts';
import { FEWEST, findLikely } from './likely.ts';

/** For images whose layers were squashed, flattened or built anew: the largest known image nearly all of whose packages are here. */
export const fingerprint: BaseImageDetector = {
  id: 'fingerprint',
  guesses: true,
  detect(image, index, { distro, packages, fingerprints }) {
    const here = new Set(packages.map(packageKey));
    if (!distro || here.size < FEWEST) return [];
    const likely = findLikely(here, image.digest, distro, fingerprints());
    const [best] = likely;
    if (!best) return [];
    const records = likely
      .filter(({ shared, share }) => shared === best.shared && share === best.share)
      .flatMap(({ known }) => index.byDigest(known.digest).filter(({ digest }) => digest === known.digest));
    const [record] = records;
    if (!record) return [];
    const { shared, share, known } = best;
    const percent = Math.floor(share * 100);
    const detail = `${percent} % of the packages of ${record.name} are in it (${shared} of ${known.packages.size}), though not its layers`;
    const evidence = { detector: 'fingerprint', detail, similarity: share };
    return [{ layerCount: 0, historyCount: 0, records, statedName: record.name, confidence: 'guessed', evidence }];
  },
};
