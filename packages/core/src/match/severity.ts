import { type Cvss, type Severity, type SeverityOpinion, severityRank } from '@plimsoll/model';
import type { AffectedPackage } from '../advisory/types.ts';

/** Which opinion counts, and its score. */
export interface Verdict {
  readonly severity: Severity;
  readonly severitySource: string;
  readonly opinions: readonly SeverityOpinion[];
  readonly cvss?: Cvss;
}

/**
 * Chooses the severity that counts: the word of the source that matched, then its scores, then everyone else's in the order given. In the
 * chosen source a newer CVSS counts before an older one. A score of another source stands beside a word that has none.
 */
export function judgeSeverity(
  matched: { readonly source: string; readonly affected: AffectedPackage },
  opinions: readonly SeverityOpinion[],
): Verdict {
  const own: readonly SeverityOpinion[] = matched.affected.severity
    ? [{ source: matched.source, severity: matched.affected.severity }]
    : [];
  const all = unique([...own, ...preferNewest(opinions)]).filter(({ severity }) => severity !== 'unspecified');
  const [first] = all;
  const scored =
    all.find(({ source, vector }) => vector !== undefined && source === first?.source) ?? all.find(({ vector }) => vector !== undefined);
  const cvss = scored?.score !== undefined && scored.vector !== undefined ? toCvss(scored.vector, scored.score, scored.source) : undefined;
  return {
    severity: first?.severity ?? 'unspecified',
    severitySource: first?.source ?? matched.source,
    opinions: all,
    ...(cvss && { cvss }),
  };
}

/** Sources keep their order; within one, CVSS 4 before 3 before 2, then the worse. */
function preferNewest(opinions: readonly SeverityOpinion[]): readonly SeverityOpinion[] {
  const order = [...new Set(opinions.map(({ source }) => source))];
  return opinions.toSorted(
    (a, b) =>
      order.indexOf(a.source) - order.indexOf(b.source) ||
      versionOf(b.vector).localeCompare(versionOf(a.vector)) ||
      severityRank(a.severity) - severityRank(b.severity),
  );
}

function unique(opinions: readonly SeverityOpinion[]): readonly SeverityOpinion[] {
  return [...new Map(opinions.map((opinion) => [`${opinion.source} ${opinion.severity} ${opinion.vector ?? ''}`, opinion])).values()];
}

function toCvss(vector: string, score: number, source: string): Cvss {
  return { score, vector, version: versionOf(vector), source };
}

function versionOf(vector: string | undefined): string {
  if (vector === undefined) return '0';
  return /^CVSS:(\d\.\d)\//.exec(vector)?.[1] ?? '2.0';
}
