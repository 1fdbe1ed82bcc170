import type { SeverityOpinion } from '@plimsoll/model';
import { z } from 'zod';
import { byStanding, statedOpinion } from '../../shared/opinions.ts';
import { textOf } from '../../shared/text.ts';
import type { Advisory } from '../../types.ts';

const id = z.string().regex(/^CVE-\d{4}-\d{4,19}$/);
const cvss = z.object({ vectorString: z.string().nullish(), baseScore: z.number().nullish() }).nullish();
const container = z.object({
  title: z.string().nullish(),
  providerMetadata: z.object({ shortName: z.string().nullish() }).nullish(),
  descriptions: z.array(z.object({ lang: z.string(), value: z.string() })).nullish(),
  metrics: z.array(z.object({ cvssV4_0: cvss, cvssV3_1: cvss, cvssV3_0: cvss, cvssV2_0: cvss }).partial()).nullish(),
  problemTypes: z.array(z.object({ descriptions: z.array(z.object({ cweId: z.string().nullish() })).nullish() })).nullish(),
});

/** The parts of a CVE record that we use: https://cveproject.github.io/cve-schema/schema/docs/ */
const recordSchema = z.object({
  cveMetadata: z.object({ cveId: id, state: z.string(), datePublished: z.string().nullish(), dateUpdated: z.string().nullish() }),
  containers: z.object({ cna: container, adp: z.array(container).nullish() }),
});

const compactScores = z
  .object({
    cvss: z.array(z.object({ vector: z.string().nullish(), score: z.number().nullish() })).nullish(),
    cwe: z.array(z.string()).nullish(),
  })
  .nullish();
const compactSchema = z.object({
  id,
  state: z.string(),
  published: z.string().nullish(),
  updated: z.string().nullish(),
  assigner: z.string().nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  cna: compactScores,
  cisa: compactScores,
});

/** What either form of a record comes to. */
interface Stated {
  readonly id: string;
  readonly state: string;
  readonly title: string | null | undefined;
  readonly description: string | null | undefined;
  readonly published: string | null | undefined;
  readonly modified: string | null | undefined;
  readonly opinions: readonly (SeverityOpinion | undefined)[];
  readonly cwes: readonly (string | null | undefined)[];
}

/** Reads a CVE record. Undefined where it was rejected; what is wrong with it, as text, where it cannot be read. */
export function parseCve(text: string): Advisory | undefined | string {
  const read = recordSchema.safeParse(parse(text));
  if (!read.success) return faultOf(read.error);
  const { cveMetadata: about, containers } = read.data;
  const all = [containers.cna, ...(containers.adp ?? [])];
  return toAdvisory({
    id: about.cveId,
    state: about.state,
    title: containers.cna.title,
    description: containers.cna.descriptions?.find(({ lang }) => lang === 'en' || lang.startsWith('en-'))?.value,
    published: about.datePublished,
    modified: about.dateUpdated,
    opinions: all.flatMap(({ metrics, providerMetadata }) =>
      (metrics ?? [])
        .flatMap((metric) => [metric.cvssV4_0, metric.cvssV3_1, metric.cvssV3_0, metric.cvssV2_0])
        .map((score) => statedOpinion(scorerNamed(providerMetadata?.shortName), score?.vectorString, score?.baseScore)),
    ),
    cwes: all.flatMap(({ problemTypes }) =>
      (problemTypes ?? []).flatMap(({ descriptions }) => (descriptions ?? []).map(({ cweId }) => cweId)),
    ),
  });
}

/** Reads a record of one line, which has the scores alone: `{"id", "assigner", "cna": {"cvss": [{"vector", "score"}], "cwe": []}, "cisa": {...}}`. */
export function parseCompact(text: string): Advisory | undefined | string {
  const read = compactSchema.safeParse(parse(text));
  if (!read.success) return faultOf(read.error);
  const { cna, cisa, assigner, updated: modified, ...about } = read.data;
  const scores = (by: typeof cna, source: string) => (by?.cvss ?? []).map(({ vector, score }) => statedOpinion(source, vector, score));
  return toAdvisory({
    ...about,
    title: about.title,
    description: about.description,
    published: about.published,
    modified,
    opinions: [...scores(cna, scorerNamed(assigner)), ...scores(cisa, 'cisa')],
    cwes: [...(cna?.cwe ?? []), ...(cisa?.cwe ?? [])],
  });
}

function toAdvisory(stated: Stated): Advisory | undefined {
  if (stated.state !== 'PUBLISHED') return undefined;
  const summary = textOf(stated.title, 500);
  const description = textOf(stated.description, 4000);
  return {
    id: stated.id,
    aliases: [],
    opinions: byStanding(stated.opinions.filter((opinion) => opinion !== undefined)),
    cwes: [...new Set(stated.cwes.filter((cwe) => typeof cwe === 'string').filter((cwe) => /^CWE-\d{1,5}$/.test(cwe)))],
    references: [`https://www.cve.org/CVERecord?id=${stated.id}`],
    withdrawn: false,
    ...(summary && { summary }),
    ...(description && { description }),
    ...(stated.published && { published: stated.published }),
    ...(stated.modified && { modified: stated.modified }),
    affected: [],
  };
}

/** `GitHub_M` -> `github`, `CISA-ADP` -> `cisa`, `jci`. */
function scorerNamed(shortName: string | null | undefined): string {
  const name = (shortName ?? '').toLowerCase();
  if (name.startsWith('github')) return 'github';
  if (name.startsWith('cisa')) return 'cisa';
  return /^[a-z0-9._-]{1,60}$/.test(name) ? name : 'cna';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultOf({ issues: [issue] }: z.ZodError): string {
  return issue?.path.length ? `${issue.path.join('.')}: ${issue.message}` : 'no record';
}
