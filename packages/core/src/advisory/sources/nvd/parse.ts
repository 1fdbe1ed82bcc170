import { z } from 'zod';
import { decodeText } from '../../shared/documents.ts';
import { byStanding, scorerOf, statedOpinion } from '../../shared/opinions.ts';
import { textOf } from '../../shared/text.ts';
import type { Advisory } from '../../types.ts';

const metrics = z
  .array(z.object({ source: z.string(), cvssData: z.object({ vectorString: z.string().nullish(), baseScore: z.number().nullish() }) }))
  .nullish();
const texts = z.array(z.object({ lang: z.string(), value: z.string() })).nullish();

/** The parts of a record of the API that we use: https://csrc.nist.gov/schema/nvd/api/2.0/cve_api_json_2.0.schema */
const schema = z.object({
  cve: z.object({
    id: z.string().regex(/^CVE-\d{4}-\d{4,19}$/),
    vulnStatus: z.string().nullish(),
    published: z.string().nullish(),
    lastModified: z.string().nullish(),
    descriptions: texts,
    metrics: z
      .object({ cvssMetricV40: metrics, cvssMetricV31: metrics, cvssMetricV30: metrics, cvssMetricV2: metrics })
      .partial()
      .nullish(),
    weaknesses: z.array(z.object({ description: texts })).nullish(),
  }),
});

/** Reads one record. Undefined where it was rejected; what is wrong with it, as text, where it cannot be read. */
export function parseNvd(bytes: Uint8Array): Advisory | undefined | string {
  let value: unknown;
  try {
    value = JSON.parse(decodeText(bytes));
  } catch {
    return 'a record is no JSON';
  }
  const read = schema.safeParse(value);
  if (!read.success) return `${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`;
  const { id, vulnStatus, published, lastModified, descriptions, metrics: stated, weaknesses } = read.data.cve;
  if (vulnStatus === 'Rejected') return undefined;
  const lists = [stated?.cvssMetricV40, stated?.cvssMetricV31, stated?.cvssMetricV30, stated?.cvssMetricV2];
  const opinions = lists
    .flatMap((list) => list ?? [])
    .flatMap(({ source, cvssData }) => statedOpinion(scorerOf(source), cvssData.vectorString, cvssData.baseScore) ?? []);
  const description = textOf(english(descriptions), 4000);
  const cwes = (weaknesses ?? []).flatMap((weakness) => (weakness.description ?? []).map((text) => text.value));
  return {
    id,
    aliases: [],
    opinions: byStanding(opinions),
    cwes: [...new Set(cwes.filter((cwe) => /^CWE-\d{1,5}$/.test(cwe)))],
    references: [`https://nvd.nist.gov/vuln/detail/${id}`],
    withdrawn: false,
    ...(description && { description }),
    ...(published && { published: utc(published) }),
    ...(lastModified && { modified: utc(lastModified) }),
    affected: [],
  };
}

function english(list: z.infer<typeof texts>): string | undefined {
  return list?.find(({ lang }) => lang === 'en' || lang.startsWith('en-'))?.value;
}

/** Its times name no zone and are in UTC. */
function utc(time: string): string {
  return /[Zz]|[+-]\d{2}:\d{2}$/.test(time) ? time : `${time}Z`;
}
