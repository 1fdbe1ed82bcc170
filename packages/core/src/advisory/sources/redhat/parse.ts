import type { Severity, SeverityOpinion } from '@plimsoll/model';
import { scoreVector, severityOfWord } from '../../shared/cvss.ts';
import { linksOf, textOf } from '../../shared/text.ts';
import type { Advisory } from '../../types.ts';
import { affectedOf } from './affected.ts';
import { createProducts } from './products.ts';
import { type Csaf, type CsafVulnerability, csafSchema } from './schema.ts';

/** Reads one document: one advisory for each of its vulnerabilities that is about Enterprise Linux. What is wrong with it, as text, where it cannot be read. */
export function parseCsaf(bytes: Uint8Array): readonly Advisory[] | string {
  const document = read(bytes);
  if (typeof document === 'string') return document;
  const componentOf = createProducts(document.product_tree);
  const aggregate = severityOfWord(document.document.aggregate_severity?.text ?? '');
  return document.vulnerabilities.flatMap((vulnerability) => {
    const id = /^CVE-\d{4}-\d{4,19}$/.exec(vulnerability.cve ?? '')?.[0];
    if (id === undefined) return [];
    const affected = affectedOf(vulnerability, componentOf);
    if (affected.length === 0) return [];
    return [toAdvisory(id, vulnerability, impactOf(vulnerability) ?? aggregate, affected)];
  });
}

function toAdvisory(
  id: string,
  { cwe, notes, references, remediations, release_date: published, scores }: CsafVulnerability,
  severity: Severity | undefined,
  affected: Advisory['affected'],
): Advisory {
  const noteOf = (wanted: string) => notes?.find(({ category }) => category === wanted)?.text;
  const summary = textOf(noteOf('summary'), 500);
  const description = textOf(noteOf('description'), 20_000);
  const links = [
    `https://access.redhat.com/security/cve/${id}`,
    ...(remediations ?? []).flatMap(({ category, url }) => (category === 'vendor_fix' ? (url ?? []) : [])),
    ...(references ?? []).flatMap(({ url }) => url ?? []),
  ];
  return {
    id,
    aliases: [],
    opinions: opinionsOf(scores, severity),
    cwes: cwe && /^CWE-\d{1,6}$/.test(cwe.id) ? [cwe.id] : [],
    references: linksOf(links).slice(0, 50),
    withdrawn: false,
    affected,
    ...(summary && { summary }),
    ...(description && { description }),
    ...(published && { published }),
  };
}

/** What is said of the vulnerability, whatever the product; an announcement of several has the worst of all as its own. */
function impactOf({ threats }: CsafVulnerability): Severity | undefined {
  const general = threats?.find(({ category, product_ids: ids }) => category === 'impact' && !ids?.length);
  return severityOfWord(general?.details ?? '');
}

/** The word is Red Hat's verdict; the vector tells how it came about. */
function opinionsOf(scores: CsafVulnerability['scores'], severity: Severity | undefined): readonly SeverityOpinion[] {
  const vectors = (scores ?? []).flatMap((score) =>
    [score.cvss_v4, score.cvss_v3, score.cvss_v2].flatMap((found) => found?.vectorString ?? []),
  );
  const scored = [...new Set(vectors)].flatMap((vector) => scoreVector(vector, 'redhat') ?? []);
  if (severity === undefined) return scored;
  return scored.length > 0 ? scored.map((opinion) => ({ ...opinion, severity })) : [{ source: 'redhat', severity }];
}

function read(bytes: Uint8Array): Csaf | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return 'no JSON, or too large';
  }
  const found = csafSchema.safeParse(value);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  return `${issue?.path.join('.')}: ${issue?.message}`;
}
