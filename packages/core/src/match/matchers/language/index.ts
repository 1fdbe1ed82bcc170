import { isOsPackageType } from '@plimsoll/model';
import { decideByVersion } from '../../shared/decide.ts';
import type { Matcher } from '../../types.ts';
import { placedIn, placedVersion, placeOf } from './place.ts';

/** Language packages: by name and version, whatever the distribution. */
export const language: Matcher = {
  id: 'language',
  wants: ({ type }) => !isOsPackageType(type),
  keys: (subject) => [placeOf(subject)],
  decide(subject, found) {
    // Of a module built from a checkout nobody knows the version: it comes before all others and would lie in every range.
    if (subject.type === 'golang' && subject.version === '(devel)') {
      return { affected: false, statement: false, reason: 'which version was built is not known' };
    }
    return decideByVersion(placedVersion(subject, found), placedIn(subject, found));
  },
};
