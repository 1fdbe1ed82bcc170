import { CopyButton } from '../../../components/copy-button.tsx';
import styles from './fixes.module.css';

/** Commands, ready to copy. */
export function Commands({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className={styles.commands}>
      {lines.map((line) => (
        <li key={line}>
          <code>{line}</code>
          <CopyButton text={line} label="Copy the command" />
        </li>
      ))}
    </ul>
  );
}

/** A change of the FROM line, as a diff. */
export function FromDiff({ from, to }: { readonly from: string; readonly to: string }) {
  return (
    <figure className={styles.diff}>
      <figcaption>
        Dockerfile <CopyButton text={to} label="Copy the new line" />
      </figcaption>
      <pre>
        <del>- {from}</del>
        <ins>+ {to}</ins>
      </pre>
    </figure>
  );
}
