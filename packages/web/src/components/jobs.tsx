import type { Job } from '@plimsoll/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, ProgressBar } from 'react-aria-components';
import { cancelJob, isUnderWay, jobsQuery } from '../api/queries.ts';
import { ActionButton } from './button.tsx';
import styles from './jobs.module.css';

const WORDS: Readonly<Record<Job['kind'], readonly [doing: string, done: string]>> = {
  'index-image': ['Indexing', 'Indexed'],
  'update-advisories': ['Updating', 'Updated'],
  'add-bases': ['Adding bases from', 'Added bases from'],
  'sync-bases': ['Following bases of', 'Followed bases of'],
  'index-bases': ['Counting bases for', 'Counted bases for'],
  'pull-image': ['Pulling', 'Pulled'],
};

const KEY = 'plimsoll-jobs-put-away';
const MOST = 5;

/**
 * Work under way, what failed, and what ended while this page looked on, of the given kinds. What was loaded before is looked at again when
 * some of it ends.
 */
export function Jobs({ kinds, stale }: { readonly kinds: readonly Job['kind'][]; readonly stale: readonly string[] }) {
  const client = useQueryClient();
  const { data = [] } = useQuery(jobsQuery);
  const [putAway, setPutAway] = useState<ReadonlySet<string>>(readPutAway);
  const watched = useRef(new Set<string>());
  const jobs = data.filter((job) => kinds.includes(job.kind));
  const running = jobs.filter(isUnderWay);
  const before = useRef(running.length);
  useEffect(() => {
    if (running.length < before.current) for (const key of stale) void client.invalidateQueries({ queryKey: [key] });
    before.current = running.length;
  }, [running.length, stale, client]);
  useEffect(() => {
    for (const { id } of data.filter(isUnderWay)) watched.current.add(id);
  }, [data]);
  const hide = (id: string) => {
    const ids = new Set([...putAway, id]);
    sessionStorage.setItem(KEY, JSON.stringify([...ids]));
    setPutAway(ids);
  };
  const isShown = (job: Job) =>
    isUnderWay(job) || (!putAway.has(job.id) && (job.state === 'failed' || (job.state === 'done' && watched.current.has(job.id))));
  const shown = jobs.filter(isShown).slice(0, MOST);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.jobs} aria-label="Work">
      {shown.map((job) =>
        isUnderWay(job) ? <Running key={job.id} job={job} /> : <Ended key={job.id} job={job} putAway={() => hide(job.id)} />,
      )}
    </ul>
  );
}

function Running({ job }: { readonly job: Job }) {
  const client = useQueryClient();
  const { kind, subject, step, progress } = job;
  const cancel = async () => {
    await cancelJob(job.id).catch(() => {}); // it ended meanwhile
    await client.invalidateQueries({ queryKey: ['jobs'] });
  };
  const isKnown = progress !== undefined;
  return (
    <li className={styles.job}>
      <Text title={`${WORDS[kind][0]} `} subject={subject} step={step} />
      <ProgressBar
        className={styles.progress ?? ''}
        aria-label={`${WORDS[kind][0]} ${subject}`}
        {...(isKnown ? { value: progress * 100 } : { isIndeterminate: true })}
      >
        <span className={styles.track}>
          <span className={`${styles.fill} ${isKnown ? '' : styles.busy}`} style={isKnown ? { width: `${progress * 100}%` } : {}} />
        </span>
      </ProgressBar>
      <ActionButton kind="quiet" onPress={() => void cancel()}>
        Cancel
      </ActionButton>
    </li>
  );
}

function Ended({ job, putAway }: { readonly job: Job; readonly putAway: () => void }) {
  const { kind, subject, state, result, error } = job;
  const [doing, done] = WORDS[kind];
  const isDone = state === 'done';
  return (
    <li className={`${styles.job} ${isDone ? styles.done : styles.failed}`} role={isDone ? 'status' : 'alert'}>
      {isDone ? <CircleCheck size={16} /> : <CircleAlert size={16} />}
      <Text
        title={isDone ? `${done} ` : `${doing} `}
        subject={subject}
        end={isDone ? '' : ' failed'}
        step={isDone ? job.step : [error?.message, ...(error?.hint ? [`Try: ${error.hint}`] : [])].join('. ')}
      />
      {isDone && kind === 'index-image' && result !== undefined ? (
        <Link to="/images/$digest" params={{ digest: result }} className={styles.open}>
          Open
        </Link>
      ) : (
        <span />
      )}
      <Button className={styles.away ?? ''} aria-label={`Put away: ${subject}`} onPress={putAway}>
        <X size={14} />
      </Button>
    </li>
  );
}

function Text({
  title,
  subject,
  end = '',
  step,
}: {
  readonly title: ReactNode;
  readonly subject: string;
  readonly end?: string;
  readonly step: string;
}) {
  return (
    <span className={styles.text}>
      <span className={styles.title}>
        {title}
        <b>{subject}</b>
        {end}
      </span>
      {step !== '' && <span className={styles.step}>{step}</span>}
    </span>
  );
}

function readPutAway(): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return new Set(Array.isArray(kept) ? kept.map(String) : []);
  } catch {
    return new Set();
  }
}
