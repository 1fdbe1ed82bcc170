import type { Job } from '@plimsoll/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ProgressBar } from 'react-aria-components';
import { cancelJob, isUnderWay, jobsQuery } from '../api/queries.ts';
import { ActionButton } from './button.tsx';
import styles from './jobs.module.css';

const WORDS: Readonly<Record<Job['kind'], string>> = {
  'index-image': 'Indexing',
  'update-advisories': 'Updating',
  'add-bases': 'Adding bases',
};

/** Work under way and what failed lately, of the given kinds. What was loaded before is looked at again when some of it ends. */
export function Jobs({ kinds, stale }: { readonly kinds: readonly Job['kind'][]; readonly stale: readonly string[] }) {
  const client = useQueryClient();
  const { data = [] } = useQuery(jobsQuery);
  const jobs = data.filter((job) => kinds.includes(job.kind));
  const running = jobs.filter(isUnderWay);
  const before = useRef(running.length);
  useEffect(() => {
    if (running.length < before.current) for (const key of stale) void client.invalidateQueries({ queryKey: [key] });
    before.current = running.length;
  }, [running.length, stale, client]);
  const shown = jobs.filter((job) => isUnderWay(job) || job.state === 'failed').slice(0, 5);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.jobs} aria-label="Work under way">
      {shown.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  );
}

function JobRow({ job }: { readonly job: Job }) {
  const client = useQueryClient();
  const cancel = async () => {
    await cancelJob(job.id).catch(() => {}); // it ended meanwhile
    await client.invalidateQueries({ queryKey: ['jobs'] });
  };
  if (job.state === 'failed') {
    return (
      <li className={`${styles.job} ${styles.failed}`}>
        <span className={styles.title}>
          {WORDS[job.kind]} <b>{job.subject}</b> failed
        </span>
        <span className={styles.step}>
          {job.error?.message}
          {job.error?.hint && <> Try: {job.error.hint}.</>}
        </span>
      </li>
    );
  }
  return (
    <li className={styles.job}>
      <span className={styles.title}>
        {WORDS[job.kind]} <b>{job.subject}</b>
      </span>
      <span className={styles.step}>{job.step}</span>
      <ProgressBar
        className={styles.progress ?? ''}
        aria-label={job.step || job.subject}
        {...(job.progress === undefined ? { isIndeterminate: true } : { value: job.progress * 100 })}
      >
        <span className={styles.track}>
          <span className={styles.fill} style={{ width: `${(job.progress ?? 0.15) * 100}%` }} />
        </span>
      </ProgressBar>
      <ActionButton kind="quiet" onPress={() => void cancel()}>
        Cancel
      </ActionButton>
    </li>
  );
}
