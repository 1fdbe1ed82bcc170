import {
  type ComparedImage,
  type ComparedMatch,
  type Comparison,
  type Match,
  type Package,
  type PackageChange,
  type Report,
  severityRank,
  subtractCounts,
} from '@plimsoll/model';
import { configChanges } from '../oci/config-changes.ts';

/**
 * What differs between two reports: of two images, two tags, or one image at two times. A vulnerability that came or went with its package
 * is the image's doing; one that came or went while the package version stayed is the advisories'.
 */
export function compareReports(from: Report, to: Report): Comparison {
  const [before, after] = [countPackages(from.inventory.packages), countPackages(to.inventory.packages)];
  const changes = changePackages(before, after);
  const [was, is] = [countMatches(from), countMatches(to)];
  return {
    schema: 1,
    from: describe(from),
    to: describe(to),
    packages: {
      changes,
      added: changes.filter((change) => change.from === undefined).length,
      removed: changes.filter((change) => change.to === undefined).length,
      changed: changes.filter((change) => change.from !== undefined && change.to !== undefined).length,
      unchanged: [...after].reduce((sum, [key, { count }]) => sum + Math.min(count, before.get(key)?.count ?? 0), 0),
    },
    vulnerabilities: {
      added: onlyIn(is, was, before),
      removed: onlyIn(was, is, after),
      unchanged: [...is].reduce((sum, [key, { count }]) => sum + Math.min(count, was.get(key)?.count ?? 0), 0),
    },
    difference: {
      counts: subtractCounts(to.counts, from.counts),
      size: to.inventory.image.size - from.inventory.image.size,
      packages: to.inventory.packages.length - from.inventory.packages.length,
    },
    config: configChanges(from.inventory.image.config, to.inventory.image.config),
    sharedLayers: countShared(from, to),
  };
}

function describe({ inventory: { image, packages }, counts, advisories }: Report): ComparedImage {
  const date = advisories
    .flatMap((source) => source.date ?? source.updated ?? [])
    .sort()
    .at(-1);
  return {
    name: image.name,
    digest: image.digest,
    ...(image.created && { created: image.created }),
    size: image.size,
    packages: packages.length,
    counts,
    ...(date && { advisories: date }),
  };
}

interface Counted<Item> {
  readonly item: Item;
  readonly count: number;
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Counted<Item>> {
  const counted = new Map<string, Counted<Item>>();
  for (const item of items) {
    const key = keyOf(item);
    counted.set(key, { item, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return counted;
}

type Installed = Pick<Package, 'type' | 'name' | 'version'>;

function versionKey({ type, name, version }: Installed): string {
  return `${type} ${name} ${version}`;
}

/** Package versions, however often they are installed. */
function countPackages(packages: readonly Package[]): ReadonlyMap<string, Counted<Package>> {
  return countBy(packages, versionKey);
}

/** Versions that only one of both has; where a name has one on each side, it has changed. */
function changePackages(
  before: ReadonlyMap<string, Counted<Package>>,
  after: ReadonlyMap<string, Counted<Package>>,
): readonly PackageChange[] {
  const only = (all: ReadonlyMap<string, Counted<Package>>, others: ReadonlyMap<string, Counted<Package>>) =>
    Map.groupBy(
      [...all].filter(([key]) => !others.has(key)).map(([, { item }]) => item),
      ({ type, name }) => `${type} ${name}`,
    );
  const [gone, come] = [only(before, after), only(after, before)];
  return [...new Set([...gone.keys(), ...come.keys()])].sort().flatMap((name) => {
    const [froms, tos] = [gone.get(name) ?? [], come.get(name) ?? []];
    return Array.from({ length: Math.max(froms.length, tos.length) }, (_, position): PackageChange => {
      const [from, to] = [froms[position], tos[position]];
      const { type, name: plain } = (to ?? from) as Package;
      return { type, name: plain, ...(from && { from: from.version }), ...(to && { to: to.version }), estimated: false };
    });
  });
}

interface FoundMatch {
  readonly match: Match;
  readonly package: Installed;
}

/** Matches that count, by vulnerability, package type and name: an upgrade that leaves a vulnerability in changes nothing. */
function countMatches({ matches, inventory }: Report): ReadonlyMap<string, Counted<FoundMatch>> {
  const packages = new Map(inventory.packages.map((item) => [item.id, item]));
  const found = matches.flatMap((match): readonly FoundMatch[] => {
    const item = packages.get(match.packageId);
    return item && !match.suppressed ? [{ match, package: item }] : [];
  });
  return countBy(found, ({ match, package: { type, name } }) => `${match.id} ${type} ${name}`);
}

function onlyIn(
  all: ReadonlyMap<string, Counted<FoundMatch>>,
  others: ReadonlyMap<string, Counted<FoundMatch>>,
  otherPackages: ReadonlyMap<string, Counted<Package>>,
): readonly ComparedMatch[] {
  return [...all]
    .filter(([key]) => !others.has(key))
    .map(([, { item }]): ComparedMatch => {
      const { match, package: installed } = item;
      return {
        id: match.id,
        severity: match.severity,
        package: `${installed.name} ${installed.version}`,
        ...(match.fixedIn !== undefined && { fixedIn: match.fixedIn }),
        cause: otherPackages.has(versionKey(installed)) ? 'advisories' : 'image',
      };
    })
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || compareText(`${a.id} ${a.package}`, `${b.id} ${b.package}`));
}

function countShared(from: Report, to: Report): number {
  const [a, b] = [from, to].map(({ inventory }) => inventory.image.layers.flatMap(({ diffId }) => diffId ?? []));
  const differs = (a ?? []).findIndex((diffId, position) => diffId !== b?.[position]);
  return differs === -1 ? Math.min(a?.length ?? 0, b?.length ?? 0) : differs;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
