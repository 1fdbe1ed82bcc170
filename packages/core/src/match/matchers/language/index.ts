import { isOsPackageType } from '@plimsoll/model';
import { decideByVersion } from '../../shared/decide.ts';
import { ecosystemOf } from '../../shared/ecosystem.ts';
import type { Matcher } from '../../types.ts';
import { placedIn, placedVersion } from './place.ts';

/** Language packages: by name and version, whatever the distribution. */
export const language: Matcher = {
  id: 'language',
  wants: ({ type }) => !isOsPackageType(type),
  keys: ({ type, name }) => [{ ecosystem: ecosystemOf(type, undefined) ?? type, name }],
  decide: (subject, found) => decideByVersion(placedVersion(subject), placedIn(subject, found)),
};
