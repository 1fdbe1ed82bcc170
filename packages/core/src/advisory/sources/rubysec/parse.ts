import type { SeverityOpinion } from '@plimsoll/model';
import { z } from 'zod';
import { comparableName } from '../../../version/names.ts';
import { severityOfScore } from '../../shared/cvss.ts';
import { type Interval, intervalOf, rangesBetween } from '../../shared/requirements.ts';
import { linksOf, textOf } from '../../shared/text.ts';
import type { Advisory } from '../../types.ts';

const word = z.union([z.string(), z.number()]).nullish();
const score = z.number().min(0).max(10).nullish();
const requirements = z.array(z.string()).nullish();

/** https://github.com/rubysec/ruby-advisory-db#format */
const schema = z.object({
  gem: z.string().min(1).max(200).nullish(),
  engine: z.string().min(1).max(200).nullish(),
  platform: z.string().nullish(),
  cve: word,
  ghsa: word,
  osvdb: word,
  url: z.string().nullish(),
  title: z.string().nullish(),
  date: z.string().nullish(),
  description: z.string().nullish(),
  cvss_v2: score,
  cvss_v3: score,
  cvss_v4: score,
  patched_versions: requirements,
  unaffected_versions: requirements,
});
type Entry = z.infer<typeof schema>;

/**
 * Reads one entry: what is neither patched nor unaffected is vulnerable. None where it is about the gem of another platform, or
 * its lists leave no version. What is wrong
 * with it, as text, where it cannot be read.
 */
export function parseRubySec(name: string, value: unknown): Advisory | undefined | string {
  const read = schema.safeParse(value);
  if (!read.success) return `${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`;
  const entry = read.data;
  const about = entry.gem ?? entry.engine;
  if (!about) return 'it names no gem and no engine';
  if (entry.platform && entry.platform !== 'ruby') return undefined;
  const place = entry.gem ? ({ ecosystem: 'gem', scheme: 'gem' } as const) : ({ ecosystem: 'bitnami', scheme: 'generic' } as const);
  const intervals = (lines: readonly string[] | null | undefined) => (lines ?? []).map((line) => intervalOf(line.split(','), place.scheme));
  const patched = intervals(entry.patched_versions);
  const unaffected = intervals(entry.unaffected_versions);
  if (!patched.every(isRead) || !unaffected.every(isRead)) return 'a requirement cannot be read';
  const ranges = rangesBetween(patched, unaffected, place.scheme);
  if (ranges.length === 0) return undefined;
  const [id = '', ...aliases] = idsOf(name, entry);
  const summary = textOf(entry.title, 500);
  const description = textOf(entry.description, 20_000);
  return {
    id,
    aliases,
    opinions: opinionsOf(entry),
    cwes: [],
    references: linksOf(entry.url ? [entry.url] : []),
    withdrawn: false,
    ...(summary && { summary }),
    ...(description && { description }),
    ...(entry.date && /^\d{4}-\d{2}-\d{2}$/.test(entry.date) && { published: `${entry.date}T00:00:00Z` }),
    affected: [{ ...place, name: comparableName(place.ecosystem, about), ranges, status: 'affected' }],
  };
}

function isRead(interval: Interval | undefined): interval is Interval {
  return interval !== undefined;
}

/** Its numbers come without their prefix. The name of the file where it has none. */
function idsOf(name: string, { cve, ghsa, osvdb }: Entry): readonly string[] {
  const ids = [cve && `CVE-${cve}`, ghsa && `GHSA-${ghsa}`, osvdb && `OSVDB-${osvdb}`].filter((id) => typeof id === 'string');
  return ids.length > 0 ? ids : [(name.split('/').at(-1) ?? name).replace(/\.ya?ml$/, '')];
}

/** Scores without vectors: the newest standard's. */
function opinionsOf({ cvss_v4: v4, cvss_v3: v3, cvss_v2: v2 }: Entry): readonly SeverityOpinion[] {
  const newest = v4 ?? v3 ?? v2;
  return newest === null || newest === undefined ? [] : [{ source: 'rubysec', severity: severityOfScore(newest), score: newest }];
}
