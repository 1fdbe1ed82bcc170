import { AppError } from '@plimsoll/core';
import { type Match, type Report, severities } from '@plimsoll/model';
import { baseLayers, parseLayers, splitList } from '../../select.ts';

/** What `cves` can be narrowed to; named as Docker Scout names them. */
export interface CveFilter {
  readonly onlySeverity?: readonly string[];
  readonly onlyFixed?: boolean;
  readonly onlyUnfixed?: boolean;
  readonly onlyPackageType?: readonly string[];
  readonly onlyCveId?: readonly string[];
  readonly onlyCisaKev?: boolean;
  readonly epssScore?: string;
  readonly onlyBase?: boolean;
  readonly ignoreBase?: boolean;
  readonly layer?: string;
}

/** The matches that are left. Throws `USAGE` on a value that cannot be. */
export function filterMatches(report: Report, filter: CveFilter): readonly Match[] {
  const types = splitList(filter.onlyPackageType);
  const ids = splitList(filter.onlyCveId);
  const wanted = splitList(filter.onlySeverity)?.map((word) => word.toLowerCase());
  const wrong = wanted?.find((word) => !(severities as readonly string[]).includes(word));
  if (wrong !== undefined) throw new AppError('USAGE', `${wrong} is no severity`, { hint: `use ${severities.join(', ')}` });
  const epss = filter.epssScore === undefined ? undefined : Number(filter.epssScore);
  if (epss !== undefined && !(epss >= 0 && epss <= 1)) throw new AppError('USAGE', '--epss-score takes a number from 0 to 1');
  const layers = parseLayers(filter.layer, report);
  const bases = baseLayers(report);
  const typeOf = new Map(report.inventory.packages.map(({ id, type }) => [id, type]));
  return report.matches.filter(
    (match) =>
      (!wanted || wanted.includes(match.severity)) &&
      (!filter.onlyFixed || match.fixedIn !== undefined) &&
      (!filter.onlyUnfixed || match.fixedIn === undefined) &&
      (!types || types.includes(typeOf.get(match.packageId) ?? '')) &&
      (!ids || [match.id, ...match.aliases].some((id) => ids.includes(id))) &&
      (!filter.onlyCisaKev || match.kev !== undefined) &&
      (epss === undefined || (match.epss?.score ?? 0) >= epss) &&
      (!filter.onlyBase || bases.has(match.introducedIn)) &&
      (!filter.ignoreBase || !bases.has(match.introducedIn)) &&
      (!layers || layers.has(match.introducedIn)),
  );
}
