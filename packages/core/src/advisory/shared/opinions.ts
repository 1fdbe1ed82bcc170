import type { SeverityOpinion } from '@plimsoll/model';
import { severityOfScore } from './cvss.ts';

/** Whose they are, where a feed gives an e-mail address or a number. https://www.cve.org/PartnerInformation/ListofPartners */
const KNOWN: Readonly<Record<string, string>> = {
  'nvd@nist.gov': 'nvd',
  '134c704f-9b21-4f2e-91b3-4a467353bcc0': 'cisa',
  'security-advisories@github.com': 'github',
  'secalert@redhat.com': 'redhat',
};

/** A short name for who scored a vulnerability: `nvd`, `github`, `apache.org`; `cna` for one that is only numbered. */
export function scorerOf(identifier: string): string {
  const known = KNOWN[identifier.toLowerCase()];
  if (known !== undefined) return known;
  const domain = /@([a-z0-9.-]{3,60})$/i.exec(identifier)?.[1];
  return domain?.toLowerCase() ?? 'cna';
}

/** A score that a feed states, as an opinion. Undefined where it is none. */
export function statedOpinion(
  source: string,
  vector: string | null | undefined,
  score: number | null | undefined,
): SeverityOpinion | undefined {
  if (score === null || score === undefined || !(score >= 0 && score <= 10) || (vector?.length ?? 0) > 500) return undefined;
  return { source, severity: severityOfScore(score), score, ...(vector && { vector }) };
}

/** The assigner's before everyone else's, and CISA's last. */
export function byStanding(opinions: readonly SeverityOpinion[]): readonly SeverityOpinion[] {
  const last = ['nvd', 'cisa'];
  return opinions.toSorted((a, b) => last.indexOf(a.source) - last.indexOf(b.source));
}
