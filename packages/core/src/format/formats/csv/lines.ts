import type { Report } from '@plimsoll/model';
import { toLine } from './line.ts';

const COLUMNS = [
  'id',
  'severity',
  'package',
  'version',
  'type',
  'fixed in',
  'status',
  'layer',
  'cvss',
  'epss',
  'exploited',
  'source',
  'purl',
];

/** A heading, then a line for each vulnerability and package. */
export function* toLines({ inventory, matches }: Report): Generator<string> {
  const packages = new Map(inventory.packages.map((found) => [found.id, found]));
  yield toLine(COLUMNS);
  for (const match of matches) {
    const found = packages.get(match.packageId);
    yield toLine([
      match.id,
      match.severity,
      found?.name,
      found?.version,
      found?.type,
      match.fixedIn,
      match.suppressed ? 'suppressed' : match.status,
      match.introducedIn,
      match.cvss?.score,
      match.epss?.score,
      match.kev ? 'yes' : '',
      match.source,
      match.package,
    ]);
  }
}
