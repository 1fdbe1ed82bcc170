import type { SeverityOpinion } from '@plimsoll/model';
import { scoreVector, severityOfWord } from '../../shared/cvss.ts';
import { linksOf, textOf } from '../../shared/text.ts';
import type { Advisory } from '../../types.ts';
import { toAffected } from './affected.ts';
import { withModule } from './module.ts';
import { type OsvRecord, osvSchema } from './schema.ts';

/**
 * Reads one record. None where it is withdrawn, reports malware, or speaks of no ecosystem we match; what is wrong with it, as text, where
 * it cannot be read. An announcement (DSA and DLA of Debian, USN of Ubuntu, ALSA, RLSA, SUSE-SU) fixes several vulnerabilities at once: it
 * becomes one advisory for each.
 */
export function parseOsv(bytes: Uint8Array): readonly Advisory[] | string {
  const record = read(bytes);
  if (typeof record === 'string') return record;
  if (record.withdrawn || record.id.startsWith('MAL-')) return [];
  const affected = withModule((record.affected ?? []).flatMap(toAffected), record.summary?.slice(0, 500));
  if (affected.length === 0) return [];
  const summary = textOf(record.summary, 500);
  const description = textOf(record.details, 20_000);
  const common = {
    opinions: opinionsOf(record),
    cwes: strings(record.database_specific?.cwe_ids),
    references: linksOf((record.references ?? []).map(({ url }) => url)).slice(0, 50),
    withdrawn: false,
    affected,
    ...(summary && { summary }),
    ...(description && { description }),
    ...(record.published && { published: record.published }),
    ...(record.modified && { modified: record.modified }),
  };
  const announced = announcedBy(record);
  if (announced) return announced.map((id) => ({ id, aliases: [], ...common }));
  return [{ id: record.id, aliases: strings(record.aliases).filter((alias) => alias !== record.id), ...common }];
}

/**
 * The vulnerabilities an announcement is about; undefined where the record is of one itself. AlmaLinux, Rocky Linux and older records of SUSE name
 * them as related. An update that fixes bugs or brings features (ALBA, RLEA, SUSE-RU) is about none.
 */
function announcedBy({ id, upstream, aliases, related }: OsvRecord): readonly string[] | undefined {
  const named = strings(upstream ?? aliases);
  if (/^(?:DSA|DLA|DTSA)-/.test(id)) return named;
  if (/^(?:USN|UBUNTU-CVE)-/.test(id)) return strings(upstream).map((name) => name.replace(/^UBUNTU-/, ''));
  if (id.startsWith('CGA-')) return named.filter((name) => name.startsWith('CVE-') || !named.some((other) => other.startsWith('CVE-')));
  if (!/^(?:(?:AL|RL|RX|RH)[SBE]A|(?:openSUSE|SUSE)-[SRFO]U)-/.test(id)) return undefined;
  return [...new Set([...strings(upstream), ...strings(related)])].filter((name) => name.startsWith('CVE-'));
}

function read(bytes: Uint8Array): OsvRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return 'no JSON';
  }
  const found = osvSchema.safeParse(value);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  return `${issue?.path.join('.')}: ${issue?.message}`;
}

/** Vectors of the record and of its packages, newest CVSS first; the word where there is no vector. */
function opinionsOf(record: OsvRecord): readonly SeverityOpinion[] {
  const source = sourceOf(record.id);
  const stated = [...(record.severity ?? []), ...(record.affected ?? []).flatMap(({ severity }) => severity ?? [])];
  const vectors = [...new Set(stated.filter(({ type }) => type.startsWith('CVSS')).map(({ score }) => score))];
  const scored = vectors
    .flatMap((vector) => scoreVector(vector, source) ?? [])
    .sort((a, b) => ((a.vector ?? '') < (b.vector ?? '') ? 1 : -1));
  const word = record.database_specific?.severity ?? ratingOf(record);
  const severity = typeof word === 'string' ? severityOfWord(word) : undefined;
  if (severity === undefined) return scored;
  // The word is the publisher's verdict; the vector tells how it came about.
  return scored.length > 0 ? scored.map((opinion) => ({ ...opinion, severity })) : [{ source, severity }];
}

/** Ubuntu's own word; `Important: firefox security update`: Red Hat's scale, which its rebuilds keep. https://access.redhat.com/security/updates/classification */
function ratingOf({ id, summary, severity }: OsvRecord): string | undefined {
  const own = severity?.find(({ type }) => type === 'Ubuntu')?.score;
  if (own !== undefined) return own;
  return /^(?:AL|RL|RX)SA-/.test(id) ? /^(Critical|Important|Moderate|Low):/.exec(summary ?? '')?.[1] : undefined;
}

/** Whose opinion it is, by the beginning of the id. */
const ANNOUNCERS = [
  ['ALSA-', 'almalinux'],
  ['BIT-', 'bitnami'],
  ['CGA-', 'chainguard'],
  ['GHSA-', 'github'],
  ['GO-', 'golang'],
  ['PYSEC-', 'pypa'],
  ['RHSA-', 'redhat'],
  ['RLSA-', 'rocky'],
  ['RUSTSEC-', 'rustsec'],
  ['RXSA-', 'rocky'],
  ['SUSE-', 'suse'],
  ['openSUSE-', 'suse'],
] as const;

function sourceOf(id: string): string {
  const announcer = ANNOUNCERS.find(([prefix]) => id.startsWith(prefix));
  if (announcer) return announcer[1];
  if (/^(?:USN|UBUNTU-CVE)-/.test(id)) return 'ubuntu';
  return 'osv';
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item.length <= 200) : [];
}
