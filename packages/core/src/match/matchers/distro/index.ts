import { isOsPackageType } from '@plimsoll/model';
import { decideByVersion } from '../../shared/decide.ts';
import { ecosystemOf } from '../../shared/ecosystem.ts';
import type { Matcher } from '../../types.ts';
import { isOfStream } from './module.ts';
import { isBuiltFor, namesOf, versionFor } from './names.ts';

/** Distribution packages: in the release, with the distribution's own order of versions, by the name that its advisories are written for. */
export const distro: Matcher = {
  id: 'distro',
  wants: ({ type }) => isOsPackageType(type),
  keys(subject, release) {
    const ecosystem = ecosystemOf(subject.type, release);
    return ecosystem === undefined ? [] : namesOf(subject, ecosystem);
  },
  decide(subject, found) {
    const version = versionFor(subject, found.affected);
    const { architecture } = found.affected;
    if (architecture !== undefined && !isBuiltFor(subject, architecture))
      return { affected: false, reason: `it is about ${architecture}`, statement: false, elsewhere: true };
    return subject.type !== 'rpm' || isOfStream(subject, version, found.affected)
      ? decideByVersion(version, found)
      : { affected: false, reason: 'it is of another module stream', statement: false, elsewhere: true };
  },
};
