import type { Match, Package, Report, Severity } from '@plimsoll/model';
import { dateOf } from '../../shared/dates.ts';

/** Of the schema: https://gitlab.com/gitlab-org/security-products/security-report-schemas */
const SCHEMA_VERSION = '15.0.7';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  unspecified: 'Unknown',
};

/** The report as a scan of GitLab's: what counts, one element for each vulnerability and package. */
export function toScan(report: Report, version: string): object {
  const { inventory, matches } = report;
  const { image, distro, packages } = inventory;
  const program = { id: 'plimsoll', name: 'Plimsoll', version, vendor: { name: 'Plimsoll' } };
  const time = dateOf(report).slice(0, 19);
  const byId = new Map(packages.map((found) => [found.id, found]));
  const place = {
    image: image.name,
    operating_system: distro ? `${distro.id}${distro.version === undefined ? '' : `:${distro.version}`}` : 'unknown',
  };
  return {
    version: SCHEMA_VERSION,
    scan: { type: 'container_scanning', status: 'success', start_time: time, end_time: time, analyzer: program, scanner: program },
    vulnerabilities: matches
      .filter(({ suppressed }) => !suppressed)
      .flatMap((match) => {
        const found = byId.get(match.packageId);
        return found ? [toVulnerability(match, found, place)] : [];
      }),
  };
}

function toVulnerability(match: Match, found: Package, place: { readonly image: string; readonly operating_system: string }): object {
  const { id, aliases, summary, description, fixedIn, references, severity, introducedIn } = match;
  return {
    id: `${id} ${found.id}`,
    name: `${id} in ${found.name}`,
    ...((description ?? summary) && { description: description ?? summary }),
    severity: SEVERITIES[severity],
    ...(fixedIn !== undefined && { solution: `Upgrade ${found.name} from ${found.version} to ${fixedIn}` }),
    location: { ...place, dependency: { package: { name: found.name }, version: found.version } },
    identifiers: [id, ...aliases].slice(0, 20).map((value) => ({ type: typeOf(value), name: value, value, ...linkOf(value) })),
    links: references.slice(0, 20).map((url) => ({ url })),
    details: { layer: { type: 'text', name: 'Layer', value: String(introducedIn) } },
  };
}

/** GitLab knows identifiers by type. */
function typeOf(id: string): string {
  const prefix = /^[A-Za-z]+/.exec(id)?.[0]?.toLowerCase();
  return prefix ?? 'plimsoll';
}

function linkOf(id: string): { readonly url?: string } {
  if (/^CVE-\d{4}-\d{1,19}$/.test(id)) return { url: `https://nvd.nist.gov/vuln/detail/${id}` };
  if (/^GHSA(?:-[0-9a-z]{4}){3}$/.test(id)) return { url: `https://github.com/advisories/${id}` };
  return {};
}
