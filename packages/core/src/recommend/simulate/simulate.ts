import {
  countSeverities,
  type Distro,
  type ImageConfig,
  type Inventory,
  type Match,
  type Package,
  type PackageChange,
  type Simulation,
  subtractCounts,
  type VulnerabilityChange,
} from '@plimsoll/model';
import { configChanges } from '../../oci/config-changes.ts';
import { bySeverity, missingFrom } from '../shared/counts.ts';
import { placeConfig } from './config.ts';
import { placePackages } from './place.ts';
import { placeOf, splitPackages } from './split.ts';
import { findWarnings } from './warnings.ts';

/** The image, and what it stands on. */
export interface Standing {
  readonly inventory: Inventory;
  /** Matches of its packages that count. */
  readonly matches: readonly Match[];
  /** The base in use: its name, its settings, and the index of its last layer in the image. */
  readonly base: { readonly name: string; readonly config: ImageConfig; readonly last: number };
}

/** Another base, indexed and assessed. */
export interface AssessedBase {
  readonly name: string;
  readonly inventory: Inventory;
  /** Matches of its packages that count. */
  readonly matches: readonly Match[];
  /** What no advisories cover in it. */
  readonly gaps: readonly string[];
}

/** Matches packages as a distribution's; what counts. */
export type MatchPackages = (packages: readonly Package[], distro: Distro | undefined) => readonly Match[];

/** What another base would make of an image. */
export interface Simulated {
  readonly simulation: Simulation;
  readonly packages: readonly Package[];
  readonly matches: readonly Match[];
  /** Ids of the packages whose version is an estimate. */
  readonly estimated: ReadonlySet<string>;
}

/**
 * Replays an image's own layers on another base: which packages, vulnerabilities and settings it would have. Certain where the layers bring
 * files of their own; an estimate where they install packages anew: those are taken to come with every fix that is out.
 */
export function simulate(standing: Standing, candidate: AssessedBase, match: MatchPackages): Simulated {
  const { inventory, base } = standing;
  const { distro } = candidate.inventory;
  const split = splitPackages(inventory, base.last);
  const placed = placePackages(split, inventory.distro, candidate.inventory);
  const kept = new Set(placed.base.map(({ id }) => id));
  const own = new Set(placed.own.map(({ id }) => id));
  const anew = placed.anew.map((found) => ({
    ...found,
    id: `anew ${found.id}`,
    ...(found.ownedBy !== undefined && { ownedBy: `anew ${found.ownedBy}` }),
  }));
  const estimated = new Set(anew.map(({ id }) => id));
  const matches = [
    ...candidate.matches
      .filter(({ packageId }) => kept.has(packageId))
      .map((found) => ({ ...found, packageId: `base ${found.packageId}` })),
    ...standing.matches.filter(({ packageId }) => own.has(packageId)),
    // A rebuild takes the newest of the archive: what is fixed is fixed in it.
    ...match(anew, distro).filter(({ fixedIn }) => fixedIn === undefined),
  ];
  const packages = [...placed.base.map((found) => ({ ...found, id: `base ${found.id}` })), ...placed.own, ...anew];
  const config = placeConfig(inventory.image.config, base.config, candidate.inventory.image.config);
  const counts = countSeverities(matches);
  const before = named(standing.matches, inventory.packages);
  const after = named(matches, packages);
  const gained = toChanges(missingFrom(after, before, keyOfNamed), estimated);
  const lost = toChanges(missingFrom(before, after, keyOfNamed), new Set());
  const changes = changePackages(inventory.packages, packages, estimated);
  const simulation: Simulation = {
    from: base.name,
    to: candidate.name,
    counts,
    difference: subtractCounts(counts, countSeverities(standing.matches)),
    vulnerabilities: {
      gained: gained.length,
      lost: lost.length,
      estimated: matches.filter(({ packageId }) => estimated.has(packageId)).length,
    },
    packages: {
      gained: changes.filter(({ from }) => from === undefined).length,
      lost: changes.filter(({ to }) => to === undefined).length,
      changed: changes.filter(({ from, to }) => from !== undefined && to !== undefined && from !== to).length,
      estimated: anew.length,
    },
    config: configChanges(inventory.image.config, config),
    warnings: [
      ...candidate.gaps.map((gap) => `${gap}: such packages are not counted`),
      ...findWarnings({
        image: inventory,
        base: { config: base.config, packages: split.inherited },
        config,
        placed,
        candidate: candidate.inventory,
        own: inventory.image.layers.filter(({ index }) => index > base.last),
      }),
    ],
    changes: { packages: changes, gained, lost, overwritten: findOverwritten(inventory, base.last) },
  };
  return { simulation, packages, matches, estimated };
}

interface Named {
  readonly key: string;
  readonly found: Match;
  readonly text: string;
}

const keyOfNamed = ({ key }: Named) => key;

/** Matches with what tells them apart whatever the version: the vulnerability, and the package's type and name. */
function named(matches: readonly Match[], packages: readonly Package[]): readonly Named[] {
  const known = new Map(packages.map((item) => [item.id, item]));
  return matches.map((found) => {
    const item = known.get(found.packageId);
    return { found, key: `${found.id} ${item?.type} ${item?.name}`, text: item ? `${item.name} ${item.version}` : found.package };
  });
}

function toChanges(found: readonly Named[], estimated: ReadonlySet<string>): readonly VulnerabilityChange[] {
  return found
    .map(({ found: { id, severity, packageId }, text }) => ({ id, severity, package: text, estimated: estimated.has(packageId) }))
    .sort(bySeverity);
}

function changePackages(now: readonly Package[], then: readonly Package[], estimated: ReadonlySet<string>): readonly PackageChange[] {
  const before = new Map(now.map((found) => [placeOf(found), found]));
  const after = new Map(then.map((found) => [placeOf(found), found]));
  const kept = [...after].flatMap(([place, to]) => toChange(before.get(place), to, estimated));
  const gone = [...before].flatMap(([place, from]) => (after.has(place) ? [] : toChange(from, undefined, estimated)));
  return pairMoved(kept, gone).toSorted((a, b) => compareText(`${a.type} ${a.name}`, `${b.type} ${b.name}`));
}

function toChange(from: Package | undefined, to: Package | undefined, estimated: ReadonlySet<string>): readonly PackageChange[] {
  const item = (to ?? from) as Package;
  const isEstimated = to !== undefined && estimated.has(to.id);
  if (from?.version === to?.version && !isEstimated) return [];
  const versions = { ...(from && { from: from.version }), ...(to && { to: to.version }) };
  return [{ type: item.type, name: item.name, ...versions, estimated: isEstimated }];
}

/** A package that goes in one place and comes in another (python3.9/site-packages, python3.12/site-packages) has changed. */
function pairMoved(kept: readonly PackageChange[], gone: readonly PackageChange[]): readonly PackageChange[] {
  const left = Map.groupBy(gone, ({ type, name }) => `${type} ${name}`);
  const paired = kept.flatMap((change): readonly PackageChange[] => {
    const before = change.from === undefined ? left.get(`${change.type} ${change.name}`)?.shift() : undefined;
    if (before?.from === undefined) return [change];
    return before.from === change.to ? [] : [{ ...change, from: before.from }];
  });
  return [...paired, ...[...left.values()].flat()];
}

function findOverwritten({ files }: Inventory, last: number): Simulation['changes']['overwritten'] {
  return files.hidden
    .filter(({ layer, hiddenBy }) => layer <= last && hiddenBy > last)
    .map(({ path, hiddenBy, deleted }) => ({ path, layer: hiddenBy, deleted }));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
