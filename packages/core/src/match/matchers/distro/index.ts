import { isOsPackageType } from '@plimsoll/model';
import { decideByVersion } from '../../shared/decide.ts';
import { ecosystemOf } from '../../shared/ecosystem.ts';
import type { Matcher } from '../../types.ts';

/** Distribution packages: by source package, in the release, with the distribution's own order of versions. */
export const distro: Matcher = {
  id: 'distro',
  wants: ({ type }) => isOsPackageType(type),
  keys({ type, name, origin }, release) {
    const ecosystem = ecosystemOf(type, release);
    return ecosystem === undefined ? [] : [{ ecosystem, name: origin?.name ?? name }];
  },
  decide: ({ version, origin }, found) => decideByVersion(origin?.version ?? version, found),
};
