import { isOsPackageType } from '@plimsoll/model';
import type { FoundAdvisory } from '../../../advisory/types.ts';
import { decideByVersion } from '../../shared/decide.ts';
import { ecosystemOf } from '../../shared/ecosystem.ts';
import type { Matcher } from '../../types.ts';

/**
 * Distribution packages: in the release, with the distribution's own order of versions; by source package, but by the package itself where
 * announcements name those (RPM).
 */
export const distro: Matcher = {
  id: 'distro',
  wants: ({ type }) => isOsPackageType(type),
  keys({ type, name, origin }, release) {
    const ecosystem = ecosystemOf(type, release);
    return ecosystem === undefined ? [] : [{ ecosystem, name: type === 'rpm' ? name : (origin?.name ?? name) }];
  },
  decide({ type, version, origin }, found) {
    if (type !== 'rpm') return decideByVersion(origin?.version ?? version, found);
    return isOfModule(version, found)
      ? decideByVersion(version, found)
      : { affected: false, reason: 'it is of another module stream', statement: false };
  },
};

/**
 * RPM distributions ship some packages in several streams at once (`nodejs:18`, `nodejs:20`), told apart by their release (`1.module_el8.9.0`) and
 * first number. An announcement of one stream says nothing of another. https://docs.fedoraproject.org/en-US/modularity/
 */
function isOfModule(version: string, { affected }: FoundAdvisory): boolean {
  const fixes = affected.ranges.flatMap(({ fixed }) => fixed ?? []);
  const isModular = (text: string) => text.includes('.module');
  return fixes.every(
    (fixed) => isModular(fixed) === isModular(version) && (!isModular(fixed) || firstNumber(fixed) === firstNumber(version)),
  );
}

function firstNumber(version: string): string {
  return version.replace(/^\d+:/, '').split(/[.-]/, 1)[0] ?? '';
}
