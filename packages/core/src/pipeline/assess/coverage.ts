import { type Coverage, type Inventory, isOsPackageType } from '@plimsoll/model';

/** The inventory's own gaps, those of matching, and the silence that would otherwise read as "0 vulnerabilities". */
export function assessCoverage(inventory: Inventory, gaps: readonly string[]): Coverage {
  const { coverage, packages, distro, image } = inventory;
  const silent: string[] = [];
  if (packages.length === 0) {
    silent.push('no packages were identified: what this image holds is unknown');
  } else if (distro && !packages.some(({ type }) => isOsPackageType(type))) {
    silent.push(`no operating-system packages were identified for ${distro.name}`);
  }
  if (image.platform.os !== 'linux')
    silent.push(`the packages of ${image.platform.os} itself are not read: only those of languages are known`);
  if (!image.historyReliable && image.layers.length > 0 && image.source !== 'fs')
    silent.push('the history does not fit the layers: instructions are unknown');
  return { ...coverage, gaps: [...new Set([...coverage.gaps, ...silent, ...gaps])] };
}
