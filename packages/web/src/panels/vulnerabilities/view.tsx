import { severities } from '@plimsoll/model';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { Chip } from '../../components/button.tsx';
import { Counts, SeverityWord } from '../../components/counts.tsx';
import { FilterBar, FilterMenu, FilterText } from '../../components/filters.tsx';
import { Empty } from '../../components/state.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { isCovered, placeText } from '../../pages/details/selection.ts';
import type { Grouping } from '../../state/search.ts';
import type { PanelProps } from '../types.ts';
import { MatchDetails } from './details.tsx';
import { filterMatches, groupMatches, packagesById, type Row, rowsOf, toggle, typesOf } from './select.ts';
import styles from './view.module.css';

/** The tab. */
export function View({ report, selection, search, change }: PanelProps) {
  const grouping = search.group ?? 'package';
  const groups = useMemo(
    () => groupMatches(report, filterMatches(report, selection, search), grouping),
    [report, selection, search, grouping],
  );
  const rows = rowsOf(groups, grouping, search.open);
  const types = useMemo(() => typesOf(report), [report]);
  const flip = (key: string) => change({ open: toggle(groups, search.open, key) }, 'typing');
  return (
    <>
      <FilterBar>
        <FilterText
          label="Filter by package or CVE"
          value={search.q ?? ''}
          onChange={(q) => change({ q: q === '' ? undefined : q, open: undefined }, 'typing')}
        />
        <FilterMenu
          label="Severity"
          options={severities}
          chosen={search.severity ?? []}
          onChange={(severity) => change({ severity, open: undefined })}
        />
        <Chip isSelected={search.fixable === true} onChange={(on) => change({ fixable: on ? true : undefined, open: undefined })}>
          Fixable
        </Chip>
        <Chip isSelected={search.exploited === true} onChange={(on) => change({ exploited: on ? true : undefined, open: undefined })}>
          Exploited
        </Chip>
        {types.length > 1 && (
          <FilterMenu label="Type" options={types} chosen={search.type ?? []} onChange={(type) => change({ type, open: undefined })} />
        )}
        <span className={styles.space} />
        <FilterMenu
          label={`Group: ${grouping}`}
          single
          options={['package', 'vulnerability', 'layer', 'none'] as const}
          chosen={[grouping]}
          onChange={(chosen) =>
            change({ group: chosen?.[0] === 'package' ? undefined : (chosen?.[0] as Grouping | undefined), open: undefined })
          }
        />
      </FilterBar>
      {rows.length === 0 ? (
        <Nothing covered={isCovered(report)} isFiltered={report.matches.length > 0} />
      ) : (
        <VirtualList
          label="Vulnerabilities"
          rows={rows}
          estimate={(row) => (row.kind === 'details' ? 260 : row.kind === 'group' ? 42 : 34)}
        >
          {(row) => <Line row={row} {...{ report, flip }} />}
        </VirtualList>
      )}
    </>
  );
}

function Line({ row, report, flip }: { readonly row: Row; readonly report: PanelProps['report']; readonly flip: (key: string) => void }) {
  if (row.kind === 'details') return <MatchDetails match={row.match} report={report} />;
  const Chevron = row.isOpen ? ChevronDown : ChevronRight;
  if (row.kind === 'group') {
    const { group } = row;
    return (
      <button type="button" className={styles.group} aria-expanded={row.isOpen} onClick={() => flip(row.key)}>
        <Chevron size={14} className={styles.chevron} />
        <span className={styles.title}>
          <b>{group.title}</b> <span className="mono">{group.detail}</span> <small>{group.type}</small>
        </span>
        <span className={styles.place}>{group.layer === undefined ? '' : placeText(report, group.layer)}</span>
        <Counts counts={group.counts} />
      </button>
    );
  }
  const { match } = row;
  const found = packagesById(report).get(match.packageId);
  return (
    <button
      type="button"
      className={`${styles.match} ${match.suppressed ? styles.suppressed : ''}`}
      aria-expanded={row.isOpen}
      onClick={() => flip(row.key)}
    >
      <Chevron size={14} className={styles.chevron} />
      <SeverityWord severity={match.severity} />
      <span className={`mono ${styles.id}`}>{match.id}</span>
      <span className={styles.marks}>
        {match.cvss && <span>{match.cvss.score.toFixed(1)}</span>}
        {match.kev && <span className={styles.kev}>exploited</span>}
        {match.epss && <span className={styles.dim}>EPSS {percent(match.epss.score)}</span>}
        {row.showsPackage && (
          <span className={styles.dim}>
            {found?.name} {found?.version}
          </span>
        )}
      </span>
      <span className={match.fixedIn === undefined || match.suppressed ? styles.dim : styles.fixed}>
        {match.suppressed ? 'suppressed' : match.fixedIn === undefined ? unfixedText(match.status) : `fixed in ${match.fixedIn}`}
      </span>
    </button>
  );
}

function Nothing({ covered, isFiltered }: { readonly covered: boolean; readonly isFiltered: boolean }) {
  if (isFiltered) return <Empty title="Nothing is left">No vulnerability fits the selection and the filters.</Empty>;
  if (covered)
    return <Empty title="No known vulnerabilities">In what the advisories cover; see the gaps in the header, if there are any.</Empty>;
  return (
    <Empty title="Vulnerabilities are unknown">
      <p>No advisories are loaded, so nothing can be said.</p>
      <a href="/data">Load advisories</a>
    </Empty>
  );
}

function unfixedText(status: string): string {
  return status === 'affected' ? 'not fixed' : status.replaceAll('-', ' ');
}

function percent(share: number): string {
  const value = share * 100;
  if (value < 0.1) return '< 0.1 %';
  return `${value >= 10 ? Math.round(value) : value.toFixed(1)} %`;
}
