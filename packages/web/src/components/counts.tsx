import { type Severity, type SeverityCounts, severities } from '@plimsoll/model';
import styles from './counts.module.css';

const LETTERS: Readonly<Record<Severity, string>> = { critical: 'C', high: 'H', medium: 'M', low: 'L', unspecified: '?' };

/** Five boxes, worst first; each says its letter too, so that colour is never the only sign. */
export function Counts({
  counts,
  size = 'small',
  known = true,
}: {
  readonly counts: SeverityCounts;
  readonly size?: 'small' | 'big';
  readonly known?: boolean;
}) {
  if (!known) return <span className={styles.unknown}>unknown</span>;
  return (
    <span className={`${styles.counts} ${size === 'big' ? styles.big : ''}`} role="img" aria-label={spoken(counts)}>
      {severities.map((severity) => (
        <span
          key={severity}
          className={`${styles.box} ${styles[severity]} ${counts[severity] === 0 ? styles.zero : ''}`}
          title={`${counts[severity]} ${severity}`}
        >
          {counts[severity]}
          <small>{size === 'big' ? (severity === 'unspecified' ? '?' : severity) : LETTERS[severity]}</small>
        </span>
      ))}
    </span>
  );
}

/** `2C 4H 1L`: only what there is, where boxes have no room. */
export function CountsText({ counts }: { readonly counts: SeverityCounts }) {
  const there = severities.filter((severity) => counts[severity] > 0);
  return <span title={spoken(counts)}>{there.map((severity) => `${counts[severity]}${LETTERS[severity]}`).join(' ') || 'none'}</span>;
}

/** Signed change, only what differs. */
export function Difference({ counts }: { readonly counts: SeverityCounts }) {
  const changed = severities.filter((severity) => counts[severity] !== 0);
  if (changed.length === 0) return <span className={styles.same}>no change</span>;
  return (
    <span className={styles.difference}>
      {changed.map((severity) => (
        <span key={severity} className={counts[severity] < 0 ? styles.less : styles.more}>
          {counts[severity] > 0 ? '+' : '−'}
          {Math.abs(counts[severity])}
          {LETTERS[severity]}
        </span>
      ))}
    </span>
  );
}

/** A square and the word. */
export function SeverityWord({ severity }: { readonly severity: Severity }) {
  return (
    <span className={styles.word}>
      <i className={`${styles.square} ${styles[severity]}`} />
      {severity.toUpperCase()}
    </span>
  );
}

/** A thin bar whose parts are the severities; its length says how it compares with `most`. */
export function SeverityBar({ counts, most }: { readonly counts: SeverityCounts; readonly most: number }) {
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0);
  return (
    <span
      className={styles.bar}
      role="img"
      aria-label={total === 0 ? 'no vulnerabilities added' : `added: ${spoken(counts)}`}
      title={total === 0 ? '' : `added: ${spoken(counts)}`}
    >
      {severities.map((severity) =>
        counts[severity] === 0 ? null : (
          <i
            key={severity}
            className={styles[severity]}
            style={{ width: `${Math.max(3, (counts[severity] / Math.max(1, most)) * 100)}%` }}
          />
        ),
      )}
    </span>
  );
}

function spoken(counts: SeverityCounts): string {
  return severities.map((severity) => `${counts[severity]} ${severity}`).join(', ');
}
