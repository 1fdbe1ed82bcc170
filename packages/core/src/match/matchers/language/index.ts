import { isOsPackageType } from '@plimsoll/model';
import { decideByVersion } from '../../shared/decide.ts';
import type { Matcher } from '../../types.ts';
import { placedIn, placedVersion, placeOf } from './place.ts';

/** Language packages: by name and version, whatever the distribution. */
export const language: Matcher = {
  id: 'language',
  wants: ({ type }) => !isOsPackageType(type),
  keys: (subject) => [placeOf(subject)],
  decide: (subject, found) => decideByVersion(placedVersion(subject, found), placedIn(subject, found)),
};
