import type { ImageAdvice, ImageDescription } from '@plimsoll/model';
import type { HierarchyLink } from '../base-image/types.ts';

const PLACES: Readonly<Record<string, string>> = {
  archive: 'an archive',
  fs: 'a folder',
  local: 'the container engine without a name',
  'oci-dir': 'a folder',
};

/** Whether the image's own tag points to a newer digest than the one looked at: yes, no, or cannot tell and why. */
export function adviseImage(image: ImageDescription, self: HierarchyLink | undefined, untold: string | undefined): ImageAdvice {
  const { reference } = image;
  if (!reference) {
    return { state: 'unknown', reason: `cannot tell: the image came from ${PLACES[image.source] ?? 'a place without tags'}`, commands: [] };
  }
  if (reference.tag === undefined) {
    return { state: 'unknown', reason: 'cannot tell: it was asked for by digest, which no tag can move', commands: [] };
  }
  if (untold !== undefined) return { state: 'unknown', reason: `cannot tell: ${untold}`, commands: [] };
  const { record, latestRecord } = self ?? {};
  if (!record || !latestRecord || self?.outdated === undefined) {
    return { state: 'unknown', reason: 'cannot tell: the registry was not asked yet', commands: [] };
  }
  const checked = latestRecord.lastSeen;
  if (!self.outdated) return { state: 'current', reason: 'its tag points to this image', checked, commands: [] };
  return {
    state: 'outdated',
    reason: 'a newer image was pushed under this tag',
    checked,
    latest: {
      digest: latestRecord.digest,
      ...(latestRecord.created && { created: latestRecord.created }),
      since: latestRecord.firstSeen,
    },
    commands: [`docker pull ${image.name}`],
  };
}
