import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { Counts } from '../../components/counts.tsx';
import { FilterBar, FilterMenu, FilterText } from '../../components/filters.tsx';
import { Empty } from '../../components/state.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { isCovered, placeText } from '../../pages/details/selection.ts';
import type { PanelProps } from '../types.ts';
import { eventText, type PackageRow, rowsOf } from './select.ts';
import styles from './view.module.css';

/** The tab. */
export function View({ report, selection, search, change }: PanelProps) {
  const rows = useMemo(() => rowsOf(report, selection, search), [report, selection, search]);
  const types = useMemo(() => [...new Set(report.inventory.packages.map(({ type }) => type))].sort(), [report]);
  const open = search.open ?? [];
  const flip = (key: string) => change({ open: open.includes(key) ? open.filter((other) => other !== key) : [...open, key] }, 'typing');
  return (
    <>
      <FilterBar>
        <FilterText
          label="Filter by name or version"
          value={search.q ?? ''}
          onChange={(q) => change({ q: q === '' ? undefined : q }, 'typing')}
        />
        {types.length > 1 && (
          <FilterMenu label="Type" options={types as readonly string[]} chosen={search.type ?? []} onChange={(type) => change({ type })} />
        )}
      </FilterBar>
      {rows.length === 0 ? (
        <Empty title="Nothing is left">
          <p>
            {report.inventory.packages.length === 0
              ? 'No packages were identified in this image: what it holds is unknown.'
              : 'No package fits the selection and the filters.'}
          </p>
        </Empty>
      ) : (
        <VirtualList label="Packages" rows={rows} estimate={({ isOpen }) => (isOpen ? 190 : 38)}>
          {(row) => <Line row={row} report={report} flip={flip} />}
        </VirtualList>
      )}
    </>
  );
}

function Line({
  row,
  report,
  flip,
}: {
  readonly row: PackageRow;
  readonly report: PanelProps['report'];
  readonly flip: (key: string) => void;
}) {
  const { found, isOpen } = row;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <button type="button" className={styles.line} aria-expanded={isOpen} onClick={() => flip(row.key)}>
        <Chevron size={14} className={styles.chevron} />
        <span className={styles.name}>
          <b>{found.name}</b> <span className="mono">{found.version}</span> <small>{found.type}</small>
        </span>
        <span className={styles.dim}>{found.licenses.join(', ')}</span>
        <span className={styles.dim}>{placeText(report, found.introducedIn)}</span>
        <Counts counts={row.counts} known={isCovered(report)} />
      </button>
      {isOpen && <Life row={row} report={report} />}
    </>
  );
}

function Life({ row: { found }, report }: { readonly row: PackageRow; readonly report: PanelProps['report'] }) {
  const owner = report.inventory.packages.find(({ id }) => id === found.ownedBy);
  return (
    <dl className={styles.life}>
      <dt>Life</dt>
      <dd>
        <ol>
          {found.life.map((event) => (
            <li key={`${event.layer}${event.kind}${event.to}`}>{eventText(event)}</li>
          ))}
        </ol>
      </dd>
      <dt>Where</dt>
      <dd>
        {found.evidence.map(({ path, layer }) => (
          <div key={`${path}${layer}`}>
            <code>/{path}</code> <span className={styles.dim}>{layer < 0 ? '' : `layer ${layer}`}</span>
          </div>
        ))}
      </dd>
      {found.origin && (
        <>
          <dt>Source package</dt>
          <dd>
            {found.origin.name} {found.origin.version}
          </dd>
        </>
      )}
      {owner && (
        <>
          <dt>Owned by</dt>
          <dd>
            {owner.name} {owner.version}
          </dd>
        </>
      )}
      <dt>purl</dt>
      <dd>
        <code>{found.purl}</code> <CopyButton text={found.purl} label="Copy the purl" />
      </dd>
    </dl>
  );
}
