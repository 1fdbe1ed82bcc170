import type { Digest, Inventory, Report } from '@plimsoll/model';
import type { AdvisoryLookup } from '../../advisory/types.ts';
import { findHierarchy } from '../../base-image/hierarchy.ts';
import type { BaseIndex, BaseRecord } from '../../base-image/types.ts';
import { recommend } from '../../recommend/recommend.ts';
import type { KnownBase } from '../../recommend/types.ts';
import { attributeToBases, attributeToLayers } from './attribute.ts';
import { assessCoverage } from './coverage.ts';
import { countMatches, findMatches } from './find-matches.ts';

/** What an assessment stands on. */
export interface AssessOptions {
  readonly advisories: AdvisoryLookup;
  readonly bases: BaseIndex;
  /** Inventories of other images, for the counts of bases. */
  readonly inventory: (digest: Digest) => Inventory | undefined;
  readonly now: Date;
}

/**
 * Makes the report of an inventory: matches, hierarchy, advice. Cheap and pure but for the look-ups; made anew whenever advisories or
 * the base index move. The image itself is never read again.
 */
export function assess(inventory: Inventory, options: AssessOptions): Report {
  const { advisories, bases, now } = options;
  const matches = findMatches(inventory, advisories);
  const links = findHierarchy(inventory.image, bases);
  const known = rememberBases(options);
  const counted = matches.visible.filter((found) => found.suppressed === undefined);
  return {
    schema: 1,
    inventory,
    matches: matches.visible,
    hiddenMatches: matches.hidden,
    fixedMatches: matches.fixed,
    counts: countMatches(counted),
    exploited: counted.filter((found) => found.kev !== undefined).length,
    fixable: counted.filter((found) => found.fixedIn !== undefined).length,
    hierarchy: attributeToBases(links, matches.visible, (record) => known(record)?.counts),
    layers: attributeToLayers(inventory, links, matches),
    recommendations: recommend(inventory.image, links, bases, known, now),
    advisories: advisories.status(),
    coverage: assessCoverage(inventory, matches.gaps),
    diagnostics: inventory.diagnostics,
  };
}

/** Assesses other images as bases, each once. Unknown where one was not indexed, or where nothing covers what it holds. */
function rememberBases({ advisories, inventory }: AssessOptions): (record: BaseRecord) => KnownBase | undefined {
  const known = new Map<Digest, KnownBase | undefined>();
  const look = (record: BaseRecord): KnownBase | undefined => {
    const found = inventory(record.digest);
    if (!found) return undefined;
    const { visible, gaps } = findMatches(found, advisories);
    if (gaps.length > 0) return undefined;
    const names = new Map(found.packages.map(({ id, name }) => [id, name]));
    return {
      packages: found.packages.length,
      counts: countMatches(visible),
      vulnerabilities: new Set(visible.map(({ id, packageId }) => `${id} ${names.get(packageId) ?? packageId}`)),
      ...(found.distro && { distro: found.distro }),
    };
  };
  return (record) => {
    if (!known.has(record.digest)) known.set(record.digest, look(record));
    return known.get(record.digest);
  };
}
