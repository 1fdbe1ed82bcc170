import type { Format } from '../../types.ts';

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

/** One line for each vulnerability and package. https://www.rfc-editor.org/rfc/rfc4180 */
export const csv: Format = {
  id: 'csv',
  title: 'Vulnerabilities (CSV)',
  mediaType: 'text/csv',
  extension: 'csv',
  *encode({ inventory, matches }) {
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
  },
};

function toLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

/** A cell that begins like a formula would be run by spreadsheets: a quote before it stops that. */
function toCell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
