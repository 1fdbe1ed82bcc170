import type { Match, Package, PlanAction } from '@plimsoll/model';
import { compareVersions, schemeOf } from '../../version/compare.ts';
import { countText } from '../shared/text.ts';
import { isOsPackage } from '../simulate/split.ts';
import { buildNames, buildPackages } from './tools.data.ts';

/** A step that leaves the base as it is: which vulnerabilities it takes away. */
export interface PackageOption {
  readonly kind: 'upgrade-packages' | 'remove-packages';
  readonly title: string;
  readonly packages: PlanAction['packages'];
  readonly dockerfile: readonly string[];
  readonly commands: readonly string[];
  /** Ids of the matches it takes away, as `<package id> <vulnerability id>`. */
  readonly removes: ReadonlySet<string>;
}

/** What people call packages of a type, where it is not the type. */
const TYPES: Partial<Record<Package['type'], string>> = {
  apk: 'Alpine',
  cargo: 'Rust',
  composer: 'PHP',
  deb: 'Debian',
  gem: 'Ruby',
  golang: 'Go',
  maven: 'Java',
  nuget: '.NET',
  pypi: 'Python',
  rpm: 'RPM',
};

const REMOVE: Readonly<Record<string, string>> = { apk: 'apk del', rpm: 'dnf remove -y' };

/** What tells a match apart in a plan. */
export function keyOf({ packageId, id }: Match): string {
  return `${packageId} ${id}`;
}

/**
 * Steps over packages: upgrade, type by type, what a fix is out for; remove what builds programs and does not run them. Language packages
 * that the base brought are the base's matter; `own` tells them apart.
 */
export function packageOptions(
  packages: readonly Package[],
  matches: readonly Match[],
  own: (found: Package) => boolean,
): readonly PackageOption[] {
  const found = Map.groupBy(matches, ({ packageId }) => packageId);
  const upgradable = packages.filter(
    (item) => (isOsPackage(item) || own(item)) && found.get(item.id)?.some(({ fixedIn }) => fixedIn !== undefined),
  );
  const upgrades = [...Map.groupBy(upgradable, ({ type }) => type)].map(([type, items]) => toUpgrade(type, items, found));
  const unneeded = packages.filter((item) => isOsPackage(item) && own(item) && isBuildPackage(item) && found.has(item.id));
  return [...upgrades, ...(unneeded.length > 0 ? [toRemoval(unneeded, found)] : [])];
}

function isBuildPackage({ name }: Package): boolean {
  return buildPackages.has(name) || buildNames.test(name);
}

function toUpgrade(type: Package['type'], items: readonly Package[], found: ReadonlyMap<string, readonly Match[]>): PackageOption {
  const packages = items
    .map((item) => {
      const fixes = (found.get(item.id) ?? []).flatMap(({ fixedIn }) => (fixedIn === undefined ? [] : [fixedIn]));
      return { type, name: item.name, from: item.version, to: newest(type, fixes) };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const names = [...new Set(packages.map(({ name }) => name))];
  const fixable = items.flatMap((item) => (found.get(item.id) ?? []).filter(({ fixedIn }) => fixedIn !== undefined));
  return {
    kind: 'upgrade-packages',
    title: `Upgrade ${countText(names.length, `${TYPES[type] ?? type} package`)}`,
    packages,
    ...upgradeWords(type, packages, names),
    removes: new Set(fixable.map(keyOf)),
  };
}

function newest(type: Package['type'], versions: readonly string[]): string {
  return versions.reduce((best, version) => (compareVersions(schemeOf(type), version, best) === 1 ? version : best), versions[0] ?? '');
}

function upgradeWords(
  type: Package['type'],
  packages: PlanAction['packages'],
  names: readonly string[],
): { readonly dockerfile: readonly string[]; readonly commands: readonly string[] } {
  const list = names.join(' ');
  if (type === 'apk') return { dockerfile: [`RUN apk upgrade --no-cache ${list}`], commands: [] };
  if (type === 'rpm') return { dockerfile: [`RUN dnf upgrade -y ${list} && dnf clean all`], commands: [] };
  if (type === 'deb') {
    const install = `apt-get install -y --no-install-recommends --only-upgrade ${list}`;
    return { dockerfile: [`RUN apt-get update && ${install} && rm -rf /var/lib/apt/lists/*`], commands: [] };
  }
  const highest = new Map(packages.map(({ name, to }) => [name, to]));
  const wanted = [...highest].map(([name, to]) => (type === 'npm' ? `${name}@${to}` : `${name}>=${to}`));
  return {
    dockerfile: [],
    commands: [type === 'npm' ? `npm install ${wanted.join(' ')}` : `pip install ${wanted.map((item) => `'${item}'`).join(' ')}`],
  };
}

function toRemoval(items: readonly Package[], found: ReadonlyMap<string, readonly Match[]>): PackageOption {
  const names = [...new Set(items.map(({ name }) => name))].sort();
  const remove = REMOVE[items[0]?.type ?? ''] ?? 'apt-get purge -y --auto-remove';
  return {
    kind: 'remove-packages',
    title: `Do without ${countText(names.length, 'build package')}`,
    packages: items.map(({ type, name, version }) => ({ type, name, from: version })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    dockerfile: [
      '# Build in a stage of its own and copy the result, or take the tools away in the RUN that installs them:',
      `#   ${remove} ${names.join(' ')}`,
    ],
    commands: [],
    removes: new Set(items.flatMap((item) => (found.get(item.id) ?? []).map(keyOf))),
  };
}
