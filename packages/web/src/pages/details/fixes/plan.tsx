import { type PlanAction, type Report, totalOf } from '@plimsoll/model';
import { Counts } from '../../../components/counts.tsx';
import { keyed } from '../../../state/keyed.ts';
import { countText } from '../../../state/text.ts';
import { Commands, Diff } from './commands.tsx';
import { DockerfileInput, useDockerfileChange } from './dockerfile.tsx';
import styles from './fixes.module.css';
import plan from './plan.module.css';

/** The fewest steps that take most of the risk away, in order, with what is left after each. */
export function Plan({ report }: { readonly report: Report }) {
  const { plan: steps } = report.recommendations;
  return (
    <div className={styles.body}>
      <div className={styles.now}>
        <div className={styles.grow}>
          <b>Now</b>
          <p className={styles.dim}>Each step is the one that takes most away for its work; the next is counted after it.</p>
        </div>
        <Counts counts={report.counts} />
      </div>
      {steps.length === 0 && <p className={styles.none}>Nothing that is known would take a part of the risk away.</p>}
      {steps.length > 0 && <DockerfileInput />}
      <ol className={plan.steps}>
        {steps.map((step, position) => (
          <li key={step.title}>
            <Step step={step} number={position + 1} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Step({ step, number }: { readonly step: PlanAction; readonly number: number }) {
  const { kind, title, packages, removes, adds, after, estimated, dockerfile, commands, candidateDigest } = step;
  const change = useDockerfileChange(({ candidate, title: other }) =>
    candidateDigest ? candidate?.digest === candidateDigest : other.toLowerCase() === title.toLowerCase(),
  );
  const [gone, come] = [totalOf(removes), totalOf(adds)];
  return (
    <article className={plan.step}>
      <header className={plan.head}>
        <span className={plan.number}>{number}</span>
        <h3>{title}</h3>
        <span className={plan.effect}>
          {gone > 0 && <b className={plan.less}>−{gone}</b>}
          {come > 0 && <b className={plan.more}>+{come}</b>}
          {estimated && <small className={styles.dim}>about</small>}
        </span>
        <span className={plan.after}>
          <small className={styles.dim}>then</small> <Counts counts={after} />
        </span>
      </header>
      {packages.length > 0 && (
        <details className={plan.packages}>
          <summary>{countText(packages.length, 'package')}</summary>
          <ul>
            {keyed(packages, ({ type, name, from }) => `${type} ${name} ${from}`).map(({ key, item: { name, from, to } }) => (
              <li key={key}>
                <b>{name}</b>{' '}
                <span className="mono">
                  {from}
                  {to !== undefined && ` → ${to}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {change?.diff ? (
        <Diff title={change.file} lines={change.diff.trimEnd().split('\n')} copy={change.diff} />
      ) : (
        dockerfile.length > 0 && <Diff title="Dockerfile" lines={dockerfile.map((line) => `+ ${line}`)} copy={dockerfile.join('\n')} />
      )}
      {commands.length > 0 && <Commands lines={commands} />}
      {kind === 'refresh-base' && !change?.diff && <p className={styles.dim}>The Dockerfile stays as it is: the tag is pulled anew.</p>}
    </article>
  );
}
