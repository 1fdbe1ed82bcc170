import type { BaseAdvice, Candidate, Report } from '@plimsoll/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { indexCandidates } from '../../../api/queries.ts';
import { ActionButton } from '../../../components/button.tsx';
import { Counts } from '../../../components/counts.tsx';
import { Jobs } from '../../../components/jobs.tsx';
import type { Tip } from '../../../state/search.ts';
import { ageOf, bytesText, countText } from '../../../state/text.ts';
import panels from '../panels.module.css';
import { useDetails } from '../use-details.ts';
import { CandidateCard } from './candidate-card.tsx';
import { DockerfileInput } from './dockerfile.tsx';
import styles from './fixes.module.css';

/** The base in use, a newer image of its tag, and other tags. */
export function BaseFixes({ report, advice }: { readonly report: Report; readonly advice: BaseAdvice }) {
  const { current, refresh, change, state, reason } = advice;
  const details = useDetails();
  const tip: Tip = details.search.tip ?? (refresh.length > 0 || change.length === 0 ? 'refresh' : 'change');
  return (
    <Tabs selectedKey={tip} onSelectionChange={(key) => details.change({ tip: key as Tip })}>
      <TabList className={panels.tabs ?? ''} aria-label="Recommendations for base image">
        <Tab id="refresh" className={panels.tab ?? ''}>
          Refresh base image <span className={panels.count}>{refresh.length}</span>
        </Tab>
        <Tab id="change" className={panels.tab ?? ''}>
          Change base image <span className={panels.count}>{change.length}</span>
        </Tab>
      </TabList>
      <div className={styles.body}>
        <div className={styles.now}>
          <div className={styles.grow}>
            <b>{current.name}</b> <span className={styles.dim}>{factsOf(current)}</span>
            {current.aliases.length > 0 && <p className={styles.dim}>also {current.aliases.join(', ')}</p>}
            <p className={styles.dim}>Only the author of the image can act on this: it changes the Dockerfile and needs a rebuild.</p>
          </div>
          {current.counts ? <Counts counts={current.counts} /> : <span className={styles.dim}>vulnerabilities unknown</span>}
        </div>
        {refresh.length + change.length > 0 && <DockerfileInput />}
        <CountThem digest={report.inventory.image.digest} bases={[current, ...refresh, ...change]} />
        <TabPanel id="refresh" className={styles.panel ?? ''}>
          {refresh.length === 0 && (
            <p className={styles.none}>
              {state === 'unknown'
                ? `Cannot tell: ${reason.replace(/^cannot tell: /, '')}.`
                : `✓ This image version is up to date: ${reason}.`}
            </p>
          )}
          <Candidates candidates={refresh} report={report} current={current} />
        </TabPanel>
        <TabPanel id="change" className={styles.panel ?? ''}>
          {change.length === 0 && (
            <p className={styles.none}>
              {state === 'unknown'
                ? 'Cannot tell: no tags of this repository are known.'
                : '✓ There are no tag recommendations at this time.'}
            </p>
          )}
          <Candidates candidates={change} report={report} current={current} />
        </TabPanel>
      </div>
    </Tabs>
  );
}

function Candidates({
  candidates,
  report,
  current,
}: {
  readonly candidates: readonly Candidate[];
  readonly report: Report;
  readonly current: BaseAdvice['current'];
}) {
  return (
    <ul className={styles.candidates}>
      {candidates.map((candidate, position) => (
        <li key={candidate.name + candidate.digest}>
          <CandidateCard candidate={candidate} report={report} current={current} isFirst={position === 0} />
        </li>
      ))}
    </ul>
  );
}

/** Bases whose counts are not known can be read now; the report is made anew when that is done. */
function CountThem({ digest, bases }: { readonly digest: string; readonly bases: readonly BaseAdvice['current'][] }) {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => indexCandidates(digest),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
  const unknown = bases.filter(({ counts }) => !counts);
  return (
    <>
      {unknown.length > 0 && (
        <div className={styles.row}>
          <span className={styles.dim}>
            The vulnerabilities of {unknown.length === 1 ? unknown[0]?.name : countText(unknown.length, 'base')} are not known here: nobody
            indexed {unknown.length === 1 ? 'it' : 'them'}, or no advisories cover {unknown.length === 1 ? 'it' : 'them'}.
          </span>
          <ActionButton onPress={() => mutate()} isDisabled={isPending}>
            Index the best
          </ActionButton>
          {error && <span className={styles.fault}>{error.message}</span>}
        </div>
      )}
      <Jobs kinds={INDEXING} stale={STALE} />
    </>
  );
}

const INDEXING = ['index-bases'] as const;
const STALE = ['images'] as const;

/** `88 days old · 45 MB · 142 packages · Debian 12`. */
function factsOf({ created, size, packages, os, runtime }: BaseAdvice['current']): string {
  const age = ageOf(created);
  return [
    'in use',
    ...(age === undefined ? [] : [`${age} old`]),
    ...(size === undefined ? [] : [bytesText(size)]),
    ...(packages === undefined ? [] : [countText(packages, 'package')]),
    ...(os === undefined ? [] : [os]),
    ...(runtime === undefined ? [] : [runtime]),
  ].join(' · ');
}
