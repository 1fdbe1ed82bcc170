import { type Severity, type SeverityCounts, severities } from '@plimsoll/model';
import pico from 'picocolors';

/** How words are coloured; every function gives plain text where colour is off. */
export type Style = ReturnType<typeof createStyle>;

/** Colours for a terminal. */
export function createStyle(color: boolean) {
  const colors = pico.createColors(color);
  const ofSeverity: Readonly<Record<Severity, (text: string) => string>> = {
    critical: (text) => colors.bold(colors.red(text)),
    high: colors.red,
    medium: colors.yellow,
    low: colors.cyan,
    unspecified: colors.dim,
  };
  return {
    bold: colors.bold,
    dim: colors.dim,
    good: colors.green,
    accent: colors.blue,
    severity: (severity: Severity, text: string = severity.toUpperCase()) => ofSeverity[severity](text),
    /** `4C 17H 31M 60L 2?`; set under each other where those `among` which it stands are given. */
    counts: (counts: SeverityCounts, among: readonly SeverityCounts[] = []) =>
      severities
        .map((severity) => {
          const width = Math.max(0, ...among.map((other) => String(other[severity]).length));
          return paintCount(severity, counts[severity], String(counts[severity]).padStart(width));
        })
        .join(' '),
    /** Signed: `-5C +1H`; only what differs. */
    difference: (counts: SeverityCounts) =>
      severities
        .filter((severity) => counts[severity] !== 0)
        .map((severity) => paintCount(severity, counts[severity], `${counts[severity] > 0 ? '+' : ''}${counts[severity]}`))
        .join(' ') || 'no change',
  };

  function paintCount(severity: Severity, count: number, text: string): string {
    const whole = `${text}${severity === 'unspecified' ? '?' : severity[0]?.toUpperCase()}`;
    return count === 0 ? colors.dim(whole) : ofSeverity[severity](whole);
  }
}
