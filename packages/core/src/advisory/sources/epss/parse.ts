import type { Epss } from '@plimsoll/model';

/** `#model_version:v2025.03.14,score_date:2026-11-22T12:55:00Z`: https://www.first.org/epss/data_stats */
export function parseDate(text: string): string | undefined {
  const found = /score_date:(\d{4}-\d{2}-\d{2})(?:T([0-9:]{8}))?/.exec(text.slice(0, 1024));
  return found ? `${found[1]}T${found[2] ?? '00:00:00'}Z` : undefined;
}

/** Lines `cve,epss,percentile`; lines that do not fit are passed over. */
export function* parseScores(text: string): Generator<{ readonly id: string; readonly epss: Epss }> {
  const date = parseDate(text)?.slice(0, 10);
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end);
    start = end === -1 ? text.length : end + 1;
    if (!line.startsWith('CVE-')) continue;
    const [id = '', first, second] = line.split(',');
    const score = Number(first);
    const percentile = Number(second);
    if (!(score >= 0 && score <= 1 && percentile >= 0 && percentile <= 1)) continue;
    yield { id, epss: { score, percentile, ...(date && { date }) } };
  }
}
