import type { ComparedMatch, Comparison, ImageSummary } from '@plimsoll/model';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowRightLeft } from 'lucide-react';
import { useEffect } from 'react';
import { comparisonQuery, imagesQuery } from '../../api/queries.ts';
import { ActionButton } from '../../components/button.tsx';
import { Counts, Difference, SeverityWord } from '../../components/counts.tsx';
import { Empty, Failed, Loading } from '../../components/state.tsx';
import { keyed } from '../../state/keyed.ts';
import { bytesText, countText, dateText } from '../../state/text.ts';
import styles from './page.module.css';

/** Two images side by side: what one has that the other has not, and whose doing it is. */
export function ComparePage() {
  const { image, with: other } = useSearch({ from: '/compare' });
  const navigate = useNavigate({ from: '/compare' });
  const { data: images = [] } = useQuery(imagesQuery);
  useEffect(() => {
    document.title = 'Compare · Plimsoll';
  }, []);
  const choose = (changed: { readonly image?: string; readonly with?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...changed }) });
  return (
    <main className={styles.page}>
      <h1>Compare</h1>
      <div className={styles.choice}>
        <Choice label="This image" images={images} value={image} onChange={(digest) => choose({ image: digest })} />
        <ActionButton
          aria-label="Swap"
          isDisabled={!image || !other}
          onPress={() => image && other && choose({ image: other, with: image })}
        >
          <ArrowRightLeft size={14} />
        </ActionButton>
        <Choice label="held against" images={images} value={other} onChange={(digest) => choose({ with: digest })} />
      </div>
      {image && other ? (
        <Result image={image} other={other} />
      ) : (
        <Empty title="Choose two images">
          <p>What the first has that the second has not is shown, and the other way round.</p>
        </Empty>
      )}
    </main>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly images: readonly ImageSummary[];
  readonly value: string | undefined;
  readonly onChange: (digest: string) => void;
}

function Choice({ label, images, value, onChange }: ChoiceProps) {
  return (
    <label className={styles.label}>
      {label}
      <select value={value ?? ''} onChange={({ target }) => onChange(target.value)}>
        <option value="" disabled>
          choose an image
        </option>
        {images.map(({ digest, names }) => (
          <option key={digest} value={digest}>
            {names[0]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Result({ image, other }: { readonly image: string; readonly other: string }) {
  const { data, error, refetch } = useQuery(comparisonQuery(image, other));
  if (error) return <Failed what="the comparison" error={error} retry={() => void refetch()} />;
  if (!data) return <Loading what="the comparison" />;
  const { vulnerabilities, packages, config } = data;
  return (
    <>
      <Overview found={data} />
      <div className={styles.columns}>
        <section className={styles.panel}>
          <h2>Vulnerabilities</h2>
          <Matches title="brings" found={vulnerabilities.added} />
          <Matches title="is without" found={vulnerabilities.removed} />
          <p className={styles.dim}>{vulnerabilities.unchanged} in both</p>
        </section>
        <section className={styles.panel}>
          <h2>Packages</h2>
          <p className={styles.dim}>
            {packages.added} added, {packages.removed} removed, {packages.changed} changed, {packages.unchanged} in both
          </p>
          <ul className={styles.list}>
            {keyed(packages.changes, ({ type, name }) => `${type} ${name}`).map(({ key, item: { type, name, from, to } }) => (
              <li key={key} className={from === undefined ? styles.come : to === undefined ? styles.gone : ''}>
                <b>{name}</b> <span className="mono">{[from ?? 'not there', to ?? 'gone'].join(' → ')}</span> <small>{type}</small>
              </li>
            ))}
          </ul>
          {config.length > 0 && <h2>Settings</h2>}
          <ul className={styles.list}>
            {config.map(({ field, name, from, to }) => (
              <li key={`${field} ${name}`}>
                <b>
                  {field.toUpperCase()} {name}
                </b>{' '}
                <span className="mono">{[from ?? 'not set', to ?? 'not set'].join(' → ')}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

function Overview({ found: { from, to, difference, sharedLayers } }: { readonly found: Comparison }) {
  const signed = (number: number, text: string) => `${number > 0 ? '+' : number < 0 ? '−' : '±'}${text}`;
  const rows = [
    {
      title: 'Vulnerabilities',
      cells: [to, from].map(({ counts }) => <Counts key="counts" counts={counts} />),
      change: <Difference counts={difference.counts} />,
    },
    {
      title: 'Size',
      cells: [bytesText(to.size), bytesText(from.size)],
      change: signed(difference.size, bytesText(Math.abs(difference.size))),
    },
    {
      title: 'Packages',
      cells: [String(to.packages), String(from.packages)],
      change: signed(difference.packages, String(Math.abs(difference.packages))),
    },
    { title: 'Built', cells: [dateText(to.created), dateText(from.created)], change: '' },
    {
      title: 'Advisories of',
      cells: [to.advisories ? dateText(to.advisories) : 'none loaded', from.advisories ? dateText(from.advisories) : 'none loaded'],
      change: '',
    },
    { title: 'Layers in both', cells: [String(sharedLayers), ''], change: '' },
  ];
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {[to, from].map(({ digest, name }) => (
              <th key={digest} scope="col">
                <Link to="/images/$digest" params={{ digest }}>
                  {name}
                </Link>
              </th>
            ))}
            <th scope="col">difference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ title, cells: [first, second], change }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{first}</td>
              <td>{second}</td>
              <td>{change}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Matches({ title, found }: { readonly title: string; readonly found: readonly ComparedMatch[] }) {
  return (['image', 'advisories'] as const).map((cause) => {
    const matches = found.filter((match) => match.cause === cause);
    if (matches.length === 0) return null;
    return (
      <section key={cause}>
        <h3>
          {title} {countText(matches.length, 'vulnerability', 'vulnerabilities')}:{' '}
          {cause === 'image' ? 'the image changed' : 'the advisories changed'}
        </h3>
        <ul className={styles.list}>
          {keyed(matches, ({ id, package: name }) => `${id} ${name}`).map(({ key, item: { id, severity, package: name, fixedIn } }) => (
            <li key={key}>
              <SeverityWord severity={severity} /> <b>{id}</b> {name} {fixedIn !== undefined && <small>fixed in {fixedIn}</small>}
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
