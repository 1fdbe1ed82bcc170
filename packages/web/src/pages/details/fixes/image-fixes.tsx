import { type ImageAdvice, type Report, shortDigest } from '@plimsoll/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, CircleArrowUp, CircleCheck, CircleHelp, Loader } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { checkTag, engineQuery, pullImage } from '../../../api/queries.ts';
import { ActionButton } from '../../../components/button.tsx';
import { Jobs } from '../../../components/jobs.tsx';
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
      {isTagged && advice.state !== 'current' && <Pull digest={image.digest} isOutdated={advice.state === 'outdated'} />}
      <Jobs kinds={PULLING} stale={STALE} />
      {advice.commands.length > 0 && (
        <>
          <h3 className={styles.label}>Pull the new image</h3>
          <Commands lines={advice.commands} />
        </>
      )}
    </div>
  );
}

const PULLING = ['pull-image'] as const;
const STALE = ['images', 'check'] as const;

/** The button, where an engine is there to press it for; else why it is not. */
function Pull({ digest, isOutdated }: { readonly digest: string; readonly isOutdated: boolean }) {
  const [removeOld, setRemoveOld] = useState(false);
  const client = useQueryClient();
  const { data: engine } = useQuery(engineQuery);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => pullImage(digest, removeOld),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
  if (!engine) return null;
  if (!engine.connected) return <p className={styles.dim}>It cannot be pulled from here: {engine.reason}.</p>;
  return (
    <div className={styles.row}>
      <ActionButton kind={isOutdated ? 'primary' : 'plain'} onPress={() => mutate()} isDisabled={isPending}>
        Pull new image
      </ActionButton>
      <Checkbox className={styles.check ?? ''} isSelected={removeOld} onChange={setRemoveOld}>
        {({ isSelected }) => (
          <>
            <span className={styles.box}>{isSelected && <Check size={12} strokeWidth={3} />}</span>
            remove the old version after pulling
          </>
        )}
      </Checkbox>
      <span className={styles.dim}>with {engine.name}</span>
      {error && (
        <span className={styles.fault} role="alert">
          {error.message}
        </span>
      )}
    </div>
  );
}
