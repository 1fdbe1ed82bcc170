import { alpineFacts, type DistroFact, debianFacts } from './distro-facts.data.ts';
import { type LanguageFact, languageFacts } from './language-facts.data.ts';
import { exploited, likelihoods } from './scores.data.ts';

/** A document of the sample's advisories. */
export interface AdvisoryFile {
  /** Path below the folder it is to lie in. */
  readonly name: string;
  readonly text: string;
}

/** Until when the sample's advisories know of vulnerabilities. RFC 3339. */
export const sampleDate = '2025-03-01T00:00:00Z';

/**
 * The sample's advisories in the layouts of the live feeds: Debian tracker, Alpine secdb, OSV, KEV, EPSS. The facts are true, the sentences
 * our own; scores of distribution vulnerabilities, which neither tracker nor secdb has, are given as OSV records beside them.
 */
export function sampleAdvisoryFiles(): readonly AdvisoryFile[] {
  return [
    { name: 'debian-tracker.json', text: json(debianTracker()) },
    { name: 'alpine-v3.17-main.json', text: json(alpineSecdb()) },
    ...languageFacts.map((fact) => ({ name: `osv/${fact.ghsa}.json`, text: json(languageRecord(fact)) })),
    ...debianFacts.flatMap((fact) => scoreRecord(fact, 'Debian:12')),
    ...alpineFacts.flatMap((fact) => scoreRecord(fact, 'Alpine:v3.17')),
    { name: 'known_exploited_vulnerabilities.json', text: json(kev()) },
    { name: 'epss.csv', text: ['cve,epss,percentile', ...likelihoods.map((row) => row.join(',')), ''].join('\n') },
  ];
}

function debianTracker(): unknown {
  const sources: Record<string, Record<string, unknown>> = {};
  for (const fact of debianFacts) {
    const { id, source, fixed, nodsa, urgency = 'not yet assigned', text } = fact;
    const bookworm = {
      status: fixed === undefined ? 'open' : 'resolved',
      repositories: {},
      urgency,
      ...(fixed !== undefined && { fixed_version: fixed }),
      ...(nodsa && { nodsa: 'Minor issue', nodsa_reason: nodsa }),
    };
    sources[source] = { ...sources[source], [id]: { description: text, scope: 'remote', releases: { bookworm } } };
  }
  return sources;
}

function alpineSecdb(): unknown {
  const packages = [...Map.groupBy(alpineFacts, ({ source }) => source)].map(([name, facts]) => ({
    pkg: {
      name,
      secfixes: Object.fromEntries(
        [...Map.groupBy(facts, ({ fixed }) => fixed ?? '0')].map(([fixed, same]) => [fixed, same.map(({ id }) => id)]),
      ),
    },
  }));
  return { distroversion: 'v3.17', reponame: 'main', packages };
}

function languageRecord({ ghsa, cve, ecosystem, name, ranges, severity, vector, cwes, text }: LanguageFact): unknown {
  return {
    schema_version: '1.7.0',
    id: ghsa,
    modified: sampleDate,
    aliases: [cve],
    summary: text,
    ...(vector && { severity: [{ type: 'CVSS_V3', score: `CVSS:3.1/${vector}` }] }),
    affected: ranges.map((range) => ({
      package: { ecosystem, name },
      ranges: [{ type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: eventsOf(range) }],
    })),
    references: [{ type: 'ADVISORY', url: `https://github.com/advisories/${ghsa}` }],
    database_specific: { severity, cwe_ids: cwes },
  };
}

/** What NVD or the issuer of the id says of a distribution's vulnerability. */
function scoreRecord({ id, source, fixed, vector, text }: DistroFact, ecosystem: string): readonly AdvisoryFile[] {
  if (vector === undefined) return [];
  const record = {
    schema_version: '1.7.0',
    id,
    modified: sampleDate,
    summary: text,
    severity: [{ type: 'CVSS_V3', score: `CVSS:3.1/${vector}` }],
    affected: [
      {
        package: { ecosystem, name: source },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, ...(fixed ? [{ fixed }] : [])] }],
      },
    ],
    references: [{ type: 'WEB', url: `https://www.cve.org/CVERecord?id=${id}` }],
  };
  return [{ name: `osv/${ecosystem.split(':')[0]?.toLowerCase()}-${id}.json`, text: json(record) }];
}

/** `0 <4.17.21` or `0 <=2.0.1`. */
function eventsOf(range: string): readonly Readonly<Record<string, string>>[] {
  const [introduced = '0', end = ''] = range.split(' ');
  return [{ introduced }, end.startsWith('<=') ? { last_affected: end.slice(2) } : { fixed: end.slice(1) }];
}

function kev(): unknown {
  return {
    title: 'CISA Catalog of Known Exploited Vulnerabilities',
    catalogVersion: '2025.03.01',
    dateReleased: sampleDate,
    count: exploited.length,
    vulnerabilities: exploited.map(([cveID, dateAdded, dueDate, cwe, vendorProject, product]) => ({
      cveID,
      vendorProject,
      product,
      dateAdded,
      dueDate,
      knownRansomwareCampaignUse: 'Unknown',
      cwes: [cwe],
    })),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}
