import { type ImageAdvice, type Report, shortDigest } from '@plimsoll/model';
import { CircleArrowUp, CircleCheck, CircleHelp } from 'lucide-react';
import { ageOf } from '../../../state/text.ts';
import { Commands } from './commands.tsx';
import styles from './fixes.module.css';

const STATES = {
  current: { Icon: CircleCheck, title: 'Up to date, as far as is known', tone: 'good' },
  outdated: { Icon: CircleArrowUp, title: 'A newer image is known', tone: 'accent' },
  unknown: { Icon: CircleHelp, title: 'Cannot tell', tone: 'dim' },
} as const;

/** Does the tag point to a newer digest than the one looked at? */
export function ImageFixes({ report, advice }: { readonly report: Report; readonly advice: ImageAdvice }) {
  const { image } = report.inventory;
  const { Icon, title, tone } = STATES[advice.state];
  const age = ageOf(advice.latest?.created);
  return (
    <div className={styles.body}>
      <div className={styles.now}>
        <Icon size={20} className={styles[tone]} />
        <div>
          <b>{title}</b>
          <p className={styles.dim}>{advice.reason}</p>
          <p className={styles.dim}>
            here <code>{shortDigest(image.digest)}</code>
            {advice.latest && (
              <>
                , under the tag now <code>{shortDigest(advice.latest.digest)}</code>
                {age === undefined ? '' : `, built ${age} ago`}
              </>
            )}
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
