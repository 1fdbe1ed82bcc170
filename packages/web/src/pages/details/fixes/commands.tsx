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

/** A change of a file, as a unified diff or as the lines that go and come. */
export function Diff({ title, lines, copy }: { readonly title: string; readonly lines: readonly string[]; readonly copy: string }) {
  return (
    <figure className={styles.diff}>
      <figcaption>
        {title} <CopyButton text={copy} label="Copy the change" />
      </figcaption>
      <pre>
        {lines.map((line, position) => {
          const key = `${position} ${line}`;
          if (line.startsWith('+') && !line.startsWith('+++')) return <ins key={key}>{line}</ins>;
          if (line.startsWith('-') && !line.startsWith('---')) return <del key={key}>{line}</del>;
          return (
            <span key={key} className={styles.context}>
              {line}
            </span>
          );
        })}
      </pre>
    </figure>
  );
}
