import { type HiddenAdvice, type Report, totalOf } from '@plimsoll/model';
import { useMemo } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { Counts } from '../../components/counts.tsx';
import { FilterBar, FilterText } from '../../components/filters.tsx';
import { Empty } from '../../components/state.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { isCovered } from '../../pages/details/selection.ts';
import { bytesText, countText } from '../../state/text.ts';
import type { PanelProps, PanelSelection } from '../types.ts';
import { type Hidden, select } from './select.ts';
import styles from './view.module.css';

type Row =
  | { readonly key: string; readonly kind: 'advice'; readonly advice: HiddenAdvice }
  | { readonly key: string; readonly kind: 'title'; readonly text: string; readonly detail: string }
  | { readonly key: string; readonly kind: 'package'; readonly item: Hidden['packages'][number] }
  | { readonly key: string; readonly kind: 'file'; readonly file: Hidden['files'][number] };

/** The tab. */
export function View({ report, selection, search, change }: PanelProps) {
  const found = useMemo(() => select(report, selection, search), [report, selection, search]);
  const rows = toRows(found, adviceOf(report, selection));
  return (
    <>
      <FilterBar>
        <FilterText
          label="Filter by package or path"
          value={search.q ?? ''}
          onChange={(q) => change({ q: q === '' ? undefined : q }, 'typing')}
        />
        <span className={styles.dim}>{bytesText(report.inventory.files.wastedBytes)} of files in all are shipped and not seen</span>
      </FilterBar>
      {rows.length === 0 ? (
        <Empty title="Nothing is hidden">
          <p>No layer of the selection ships anything that a later layer removes or replaces.</p>
        </Empty>
      ) : (
        <VirtualList label="Shipped but hidden" rows={rows} estimate={() => 36}>
          {(row) => <Line row={row} covered={isCovered(report)} />}
        </VirtualList>
      )}
    </>
  );
}

function Line({ row, covered }: { readonly row: Row; readonly covered: boolean }) {
  if (row.kind === 'title') {
    return (
      <h3 className={styles.title}>
        {row.text} <small>{row.detail}</small>
      </h3>
    );
  }
  if (row.kind === 'advice') return <Advice advice={row.advice} covered={covered} />;
  if (row.kind === 'file') {
    const { path, size, layer, hiddenBy, deleted } = row.file;
    return (
      <div className={styles.line}>
        <code className={styles.path}>/{path}</code>
        <span className={styles.dim}>
          layer {layer}, {deleted ? 'deleted' : 'replaced'} {layer === hiddenBy ? 'in the same layer' : `by layer ${hiddenBy}`}
        </span>
        <span className={styles.size}>{bytesText(size)}</span>
      </div>
    );
  }
  const { found, counts } = row.item;
  return (
    <div className={styles.line}>
      <span>
        <b>{found.name}</b> <span className="mono">{found.version}</span> <small className={styles.dim}>{found.type}</small>
      </span>
      <span className={styles.dim}>
        layer {found.introducedIn}, {found.replacedBy === undefined ? 'removed' : `replaced with ${found.replacedBy}`} by layer{' '}
        {found.hiddenBy}
      </span>
      <Counts counts={counts} known={covered} />
    </div>
  );
}

/** What would avoid it: for what the selected layers ship or hide. */
function adviceOf({ recommendations }: Report, { has }: PanelSelection): readonly HiddenAdvice[] {
  return recommendations.hidden.filter(({ layer, hiddenBy }) => has(layer) || has(hiddenBy));
}

function Advice({ advice: { advice, instruction, counts, own }, covered }: { readonly advice: HiddenAdvice; readonly covered: boolean }) {
  return (
    <div className={styles.advice}>
      <span>
        {advice} {!own && <small className={styles.dim}>The author of the base can act on it.</small>}
      </span>
      {totalOf(counts) > 0 && <Counts counts={counts} known={covered} />}
      {instruction !== undefined && (
        <pre className={styles.instruction}>
          {instruction}
          <CopyButton text={instruction} label="Copy the instruction" />
        </pre>
      )}
    </div>
  );
}

function toRows({ packages, files }: Hidden, advice: readonly HiddenAdvice[]): readonly Row[] {
  const bytes = files.reduce((total, { size }) => total + size, 0);
  return [
    ...(advice.length > 0 ? [{ key: 'advice', kind: 'title' as const, text: 'What would avoid it', detail: 'most bytes first' }] : []),
    ...advice.map((found) => ({ key: `advice ${found.layer} ${found.hiddenBy}`, kind: 'advice' as const, advice: found })),
    ...(packages.length > 0
      ? [
          {
            key: 'packages',
            kind: 'title' as const,
            text: countText(packages.length, 'package version'),
            detail: 'removed or replaced by a later layer',
          },
        ]
      : []),
    ...packages.map((item) => ({ key: item.found.id, kind: 'package' as const, item })),
    ...(files.length > 0
      ? [{ key: 'files', kind: 'title' as const, text: countText(files.length, 'file'), detail: `${bytesText(bytes)}, largest first` }]
      : []),
    ...files.map((file, position) => ({ key: `${file.path} ${file.layer} ${position}`, kind: 'file' as const, file })),
  ];
}
