import type { Severity, SeverityOpinion } from '@plimsoll/model';
import calculator from 'ae-cvss-calculator';

/** Vectors whose score is remembered: feeds repeat a few thousand of them, and to work one out takes 0.2 ms. */
const MAX_KNOWN = 20_000;
const known = new Map<string, number | undefined>();

/** What a vector comes to, as an opinion. Undefined where it is no vector. https://www.first.org/cvss/ */
export function scoreVector(vector: string, source: string): SeverityOpinion | undefined {
  if (vector.length > 500) return undefined;
  const score = known.has(vector) ? known.get(vector) : calculateScore(vector);
  if (known.size < MAX_KNOWN) known.set(vector, score);
  return score === undefined ? undefined : { source, severity: severityOfScore(score), score, vector };
}

function calculateScore(vector: string): number | undefined {
  try {
    const scores: { readonly overall?: number; readonly base?: number } | undefined = calculator.fromVector(vector)?.calculateScores();
    const score = scores?.base ?? scores?.overall;
    return score !== undefined && Number.isFinite(score) ? score : undefined;
  } catch {
    return undefined;
  }
}

/** The qualitative scale: https://www.first.org/cvss/v4-0/specification-document#Qualitative-Severity-Rating-Scale */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'unspecified';
}

/** Words that feeds use. Undefined for one that says nothing. */
export function severityOfWord(word: string): Severity | undefined {
  const known: Readonly<Record<string, Severity>> = {
    critical: 'critical',
    high: 'high',
    important: 'high',
    moderate: 'medium',
    medium: 'medium',
    low: 'low',
    unimportant: 'low',
    negligible: 'low',
  };
  return known[word.toLowerCase().replace(/\*+$/, '')];
}
