import type { Digest, ImageDescription, Inventory, PackageType, Report, Simulation } from '@plimsoll/model';
import type { AdvisoryLookup, LifecycleRecord } from '../../advisory/types.ts';
import { findHierarchy } from '../../base-image/hierarchy.ts';
import type { BaseIndex, BaseRecord, Fingerprint, HierarchyLink } from '../../base-image/types.ts';
import { type Excepting, exceptFor } from '../../exception/apply.ts';
import { noExceptions } from '../../exception/load.ts';
import type { Exceptions } from '../../exception/types.ts';
import { match } from '../../match/match.ts';
import { recommend } from '../../recommend/recommend.ts';
import { simulate } from '../../recommend/simulate/simulate.ts';
import type { BasePolicy, KnownBase, Lifecycle, RecommendInput } from '../../recommend/types.ts';
import { attributeToBases, attributeToLayers } from './attribute.ts';
import { assessCoverage } from './coverage.ts';
import { countMatches, findMatches, isCounted } from './find-matches.ts';

/** What an assessment stands on. */
export interface AssessOptions {
  readonly advisories: AdvisoryLookup;
  readonly bases: BaseIndex;
  /** Inventories of other images, for the counts of bases. */
  readonly inventory: (digest: Digest) => Inventory | undefined;
  /** Why the registry did not tell what a tag points to now, by name; undefined where it did or was not asked. */
  readonly untold?: (name: string) => string | undefined;
  /** The base a person says an image has. */
  readonly pinned?: (image: ImageDescription) => string | undefined;
  /** Of other images that were indexed. */
  readonly fingerprints?: () => readonly Fingerprint[];
  /** Bases assessed before with these advisories; added to. */
  readonly assessed?: Map<Digest, AssessedBase>;
  readonly policy?: BasePolicy;
  /** What takes matches out of the counts. */
  readonly exceptions?: Exceptions;
  readonly now: Date;
}

/**
 * Makes the report of an inventory: matches, hierarchy, advice. Cheap and pure but for the look-ups; made anew whenever advisories or
 * the base index move. The image itself is never read again.
 */
export function assess(inventory: Inventory, options: AssessOptions): Report {
  const { advisories } = options;
  const excepting = exceptWith(options, inventory);
  const matches = findMatches(inventory, advisories, excepting);
  const links = findLinks(inventory, options);
  const know = rememberBases(options, matches.uncovered);
  const counted = matches.visible.filter(isCounted);
  const input = adviceInput(inventory, options, { matches: counted, hiddenMatches: matches.hidden.filter(isCounted), links, know });
  return {
    schema: 1,
    inventory,
    matches: matches.visible,
    hiddenMatches: matches.hidden,
    fixedMatches: matches.fixed,
    counts: countMatches(counted),
    exploited: counted.filter((found) => found.kev !== undefined).length,
    fixable: counted.filter((found) => found.fixedIn !== undefined).length,
    hierarchy: attributeToBases(links, matches.visible, (record) => know(record)?.counts),
    layers: attributeToLayers(inventory, links, matches),
    recommendations: recommend(input),
    advisories: advisories.status(),
    coverage: assessCoverage(inventory, matches.gaps),
    diagnostics: [...inventory.diagnostics, ...excepting.diagnostics()],
  };
}

function findLinks(
  { image, packages, distro }: Inventory,
  { bases, pinned, fingerprints = () => [] }: AssessOptions,
): readonly HierarchyLink[] {
  const name = pinned?.(image);
  return findHierarchy(image, bases, { packages, fingerprints, ...(distro && { distro }), ...(name !== undefined && { pinned: name }) });
}

/** What a change of base would make of an image, in full. Undefined where base or candidate are not known, or the candidate was not indexed. */
export function simulateBase(
  inventory: Inventory,
  change: { readonly base: Digest; readonly candidate: Digest },
  options: AssessOptions,
): Simulation | undefined {
  const links = findLinks(inventory, options);
  const link = links.find(({ self, record }) => !self && record?.digest === change.base);
  const [candidate] = options.bases.byDigest(change.candidate).filter(({ digest }) => digest === change.candidate);
  const { visible, uncovered } = findMatches(inventory, options.advisories, exceptWith(options, inventory));
  const known = candidate && rememberBases(options, uncovered)(candidate);
  if (!link?.record || !known || link.layers[1] < 0) return undefined;
  const base = { name: link.record.name, config: link.record.config, last: link.layers[1] };
  const standing = { inventory, matches: visible.filter(isCounted), base };
  return simulate(standing, { name: candidate.name, ...known }, matchWith(options, inventory)).simulation;
}

function adviceInput(
  inventory: Inventory,
  options: AssessOptions,
  found: Pick<RecommendInput, 'matches' | 'hiddenMatches' | 'links' | 'know'>,
): RecommendInput {
  const { advisories, bases, untold = () => undefined, policy = {}, now } = options;
  return {
    inventory,
    ...found,
    index: bases,
    match: matchWith(options, inventory),
    untold: untold(inventory.image.name),
    lifecycle: (product, version) => findLifecycle(advisories.lifecycles(product), version),
    policy,
    now,
  };
}

/** The release a version belongs to: 3.18.9 to 3.18, 11 to 11, 22.04 to 22.04. */
function findLifecycle(releases: readonly LifecycleRecord[], version: string): Lifecycle | undefined {
  const found = releases
    .filter(({ cycle }) => version === cycle || version.startsWith(`${cycle}.`))
    .toSorted((a, b) => b.cycle.length - a.cycle.length)[0];
  return found && { product: found.title, ends: found.ends };
}

/** Packages that the image would have are excepted as its own are. */
function matchWith(options: AssessOptions, inventory: Inventory): RecommendInput['match'] {
  const excepting = exceptWith(options, inventory);
  return (packages, distro) =>
    packages.length === 0 ? [] : excepting.apply(match(packages, distro, options.advisories).matches, packages).matches.filter(isCounted);
}

function exceptWith({ exceptions = noExceptions, now }: AssessOptions, { image }: Inventory): Excepting {
  return exceptFor(image, exceptions, now);
}

/** What was found of another image: the same for every image that may stand on it, as long as advisories stay. */
export type AssessedBase = KnownBase & { readonly uncovered: ReadonlySet<PackageType> };

/**
 * Assesses other images as bases, each once. Unknown where one was not indexed, or where nothing covers packages of a type that is covered in
 * the image itself (`uncovered` names those that are not): its counts could not be compared.
 */
function rememberBases(options: AssessOptions, uncovered: ReadonlySet<PackageType>): (record: BaseRecord) => KnownBase | undefined {
  const { inventory, assessed = new Map<Digest, AssessedBase>() } = options;
  return ({ digest }) => {
    let known = assessed.get(digest);
    if (!known) {
      const found = inventory(digest);
      known = found && assessBase(found, options);
      if (known) assessed.set(digest, known);
    }
    return known?.uncovered.isSubsetOf(uncovered) ? known : undefined;
  };
}

function assessBase(inventory: Inventory, options: AssessOptions): AssessedBase {
  const { visible, gaps, uncovered } = findMatches(inventory, options.advisories, exceptWith(options, inventory));
  const names = new Map(inventory.packages.map(({ id, name }) => [id, name]));
  const matches = visible.filter(isCounted);
  return {
    inventory,
    matches,
    gaps,
    uncovered,
    counts: countMatches(matches),
    vulnerabilities: new Set(matches.map(({ id, packageId }) => `${id} ${names.get(packageId) ?? packageId}`)),
  };
}
