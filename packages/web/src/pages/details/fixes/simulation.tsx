import type { Candidate, ConfigChange, PackageChange, VulnerabilityChange } from '@plimsoll/model';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { simulationQuery } from '../../../api/queries.ts';
import { SeverityWord } from '../../../components/counts.tsx';
import { keyed } from '../../../state/keyed.ts';
import { countText } from '../../../state/text.ts';
import styles from './candidate-card.module.css';

/** No list shows more; the rest is in the report. */
const MOST = 100;

interface SimulationDetailsProps {
  readonly digest: string;
  readonly base: string;
  readonly candidate: Candidate;
}

/** What would come and go in this image: fetched when it is opened. */
export function SimulationDetails({ digest, base, candidate }: SimulationDetailsProps) {
  const [isOpen, setOpen] = useState(false);
  const { vulnerabilities, packages } = candidate.simulation ?? {
    vulnerabilities: { gained: 0, lost: 0 },
    packages: { gained: 0, lost: 0, changed: 0 },
  };
  return (
    <details className={styles.fold} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        What changes in your image: {vulnerabilities.lost} vulnerabilities go, {vulnerabilities.gained} come; packages: {packages.changed}{' '}
        change, {packages.gained} come, {packages.lost} go
      </summary>
      {isOpen && <Changes digest={digest} base={base} candidate={candidate.digest} />}
    </details>
  );
}

function Changes({ digest, base, candidate }: { readonly digest: string; readonly base: string; readonly candidate: string }) {
  const { data, error } = useQuery(simulationQuery(digest, base, candidate));
  if (error) return <p className={styles.dim}>{error.message}</p>;
  if (!data) return <p className={styles.dim}>Loading …</p>;
  const { changes, config } = data;
  return (
    <div className={styles.changes}>
      <Vulnerabilities title="come" found={changes.gained} />
      <Vulnerabilities title="go" found={changes.lost} />
      <Packages found={changes.packages} />
      <Settings found={config} />
      {changes.overwritten.length > 0 && (
        <p className={styles.dim}>
          Your layers replace or delete {countText(changes.overwritten.length, 'file')} of the base, and would do so again:{' '}
          {changes.overwritten
            .slice(0, 5)
            .map(({ path }) => `/${path}`)
            .join(', ')}
          {changes.overwritten.length > 5 && ' …'}
        </p>
      )}
    </div>
  );
}

function Vulnerabilities({ title, found }: { readonly title: string; readonly found: readonly VulnerabilityChange[] }) {
  if (found.length === 0) return null;
  return (
    <section>
      <h4>
        {countText(found.length, 'vulnerability', 'vulnerabilities')} {title}
      </h4>
      <ul>
        {keyed(found.slice(0, MOST), ({ id, package: name }) => `${id} ${name}`).map(
          ({ key, item: { id, severity, package: name, estimated } }) => (
            <li key={key}>
              <SeverityWord severity={severity} /> {id} <span className={styles.dim}>{name}</span> {estimated && <i>about</i>}
            </li>
          ),
        )}
        {found.length > MOST && <li className={styles.dim}>and {found.length - MOST} more</li>}
      </ul>
    </section>
  );
}

function Packages({ found }: { readonly found: readonly PackageChange[] }) {
  if (found.length === 0) return null;
  return (
    <section>
      <h4>{countText(found.length, 'package')}</h4>
      <ul>
        {keyed(found.slice(0, MOST), ({ type, name }) => `${type} ${name}`).map(({ key, item: { name, from, to, estimated } }) => (
          <li key={key}>
            {name} <span className="mono">{[from ?? '–', to ?? 'gone'].join(' → ')}</span> {estimated && <i>about</i>}
          </li>
        ))}
        {found.length > MOST && <li className={styles.dim}>and {found.length - MOST} more</li>}
      </ul>
    </section>
  );
}

function Settings({ found }: { readonly found: readonly ConfigChange[] }) {
  if (found.length === 0) return null;
  return (
    <section>
      <h4>{countText(found.length, 'inherited setting')}</h4>
      <ul>
        {found.map(({ field, name, from, to }) => (
          <li key={`${field} ${name}`}>
            {field.toUpperCase()} {name} <span className="mono">{[from ?? 'not set', to ?? 'not set'].join(' → ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
