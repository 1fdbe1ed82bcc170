import { type ImageAdvice, type Report, shortDigest } from '@plimsoll/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleArrowUp, CircleCheck, CircleHelp, Loader } from 'lucide-react';
import { useEffect } from 'react';
import { checkTag } from '../../../api/queries.ts';
import { ageOf, agoText } from '../../../state/text.ts';
import { Commands } from './commands.tsx';
import styles from './fixes.module.css';

const STATES = {
  current: { Icon: CircleCheck, title: 'Up to date', tone: 'good' },
  outdated: { Icon: CircleArrowUp, title: 'A newer image is there', tone: 'accent' },
  unknown: { Icon: CircleHelp, title: 'Cannot tell', tone: 'dim' },
} as const;

/** Does the tag point to a newer digest than the one looked at? The registry is asked when this opens. */
export function ImageFixes({ report, advice: known }: { readonly report: Report; readonly advice: ImageAdvice }) {
  const { image } = report.inventory;
  const client = useQueryClient();
  const isTagged = image.reference?.tag !== undefined;
  const { data, isFetching } = useQuery({
    queryKey: ['check', image.digest],
    queryFn: () => checkTag(image.digest),
    enabled: isTagged,
    staleTime: 60_000,
  });
  const advice = data ?? known;
  useEffect(() => {
    if (data && data.state !== known.state) void client.invalidateQueries({ queryKey: ['images', image.digest], exact: true });
  }, [data, known.state, client, image.digest]);
  const { Icon, title, tone } = STATES[advice.state];
  const age = ageOf(advice.latest?.created);
  const since = agoText(advice.latest?.since);
  const checked = agoText(advice.checked);
  return (
    <div className={styles.body}>
      <div className={styles.now} role="status">
        {isFetching ? <Loader size={20} className={styles.dim} /> : <Icon size={20} className={styles[tone]} />}
        <div className={styles.grow}>
          <b>{isFetching ? 'Asking the registry …' : title}</b>
          <p className={styles.dim}>{advice.reason}</p>
          <p className={styles.dim}>
            here <code>{shortDigest(image.digest)}</code>
            {advice.latest && (
              <>
                , under the tag now <code>{shortDigest(advice.latest.digest)}</code>
                {age === undefined ? '' : `, built ${age} ago`}
                {since === undefined ? '' : `, first seen there ${since}`}
              </>
            )}
            {checked !== undefined && `; asked ${checked}`}
          </p>
        </div>
      </div>
      {advice.commands.length > 0 && (
        <>
          <h3 className={styles.label}>Pull the new image</h3>
          <Commands lines={advice.commands} />
        </>
      )}
    </div>
  );
}
