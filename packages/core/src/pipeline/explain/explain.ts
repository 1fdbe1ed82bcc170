import type { ExplainedPackage, Explanation, HiddenPackage, Inventory, Match, Package } from '@plimsoll/model';
import type { AdvisoryLookup } from '../../advisory/types.ts';
import { exceptFor } from '../../exception/apply.ts';
import { noExceptions } from '../../exception/load.ts';
import type { Exceptions } from '../../exception/types.ts';
import { examine, namesOfVulnerability } from '../../match/explain.ts';
import { match } from '../../match/match.ts';
import { findPackages, findSimilar } from './find-packages.ts';
import { tellSteps } from './steps.ts';

/** More copies of one package than this are not told of one by one. */
const MOST_PACKAGES = 50;

/** Tells why packages of an image have a vulnerability or have not, by the same steps that match them. */
export function explain(
  inventory: Inventory,
  question: { readonly package: string; readonly id: string },
  options: { readonly advisories: AdvisoryLookup; readonly exceptions?: Exceptions; readonly now: Date },
): Explanation {
  const { advisories, exceptions = noExceptions, now } = options;
  const { id: asked, ids, knownBy } = namesOfVulnerability(question.id, advisories);
  const found = findPackages(inventory, question.package);
  const gaps = new Set<string>();
  const packages = found.slice(0, MOST_PACKAGES).map((item) => explainOne(item));
  if (found.length > MOST_PACKAGES) gaps.add(`${found.length - MOST_PACKAGES} more packages fit and are not shown`);
  return {
    package: question.package,
    id: asked,
    ids: [...ids].sort(),
    knownBy,
    packages,
    similar: found.length > 0 ? [] : findSimilar(inventory, question.package),
    gaps: [...gaps],
  };

  function explainOne(item: Package | HiddenPackage): ExplainedPackage {
    const owner = 'ownedBy' in item ? inventory.packages.find(({ id }) => id === item.ownedBy) : undefined;
    const own = owner ? [item, owner] : [item];
    const matched = match(own, inventory.distro, advisories);
    for (const gap of match([item], inventory.distro, advisories).gaps) gaps.add(gap);
    const excepting = exceptFor(inventory.image, exceptions, now);
    const { matches, notes } = excepting.apply(matched.matches, own);
    const isThis = (one: Match) => one.packageId === item.id && [one.id, ...one.aliases].some((id) => ids.has(id));
    const hit = matches.find(isThis);
    const examined = examine(item, inventory.distro, advisories, ids);
    const isCovered = examined.keys.some(({ covered }) => covered);
    const verdict = hit ? (hit.suppressed ? 'suppressed' : 'affected') : isCovered ? 'not-affected' : 'unknown';
    const { id, type, name, version, purl, origin, evidence, introducedIn, foundBy } = item;
    const told = {
      package: {
        id,
        type,
        name,
        version,
        purl,
        ...(origin && { origin }),
        evidence,
        introducedIn,
        ...(owner && { ownedBy: owner.id }),
        foundBy,
        hidden: 'hiddenBy' in item,
      },
      verdict,
      ...examined,
      ...(hit && { match: hit }),
    } as const;
    const steps = tellSteps(told, {
      id: asked,
      knownBy,
      gaps: [...gaps],
      notes: (hit && notes.get(hit)) ?? [],
      ...(owner && { owner: owner.name }),
      ...('hiddenBy' in item && { hiddenBy: item.hiddenBy }),
    });
    return { ...told, steps };
  }
}
