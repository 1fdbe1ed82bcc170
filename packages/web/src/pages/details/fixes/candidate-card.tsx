import { type BaseAdvice, type Candidate, type Report, totalOf } from '@plimsoll/model';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Counts, Difference } from '../../../components/counts.tsx';
import { ageOf, bytesText, countText } from '../../../state/text.ts';
import styles from './candidate-card.module.css';
import { Commands, Diff } from './commands.tsx';
import { useDockerfileChange, usePin } from './dockerfile.tsx';
import { SimulationDetails } from './simulation.tsx';

interface CandidateCardProps {
  readonly candidate: Candidate;
  readonly report: Report;
  /** The base it would take the place of. */
  readonly current: BaseAdvice['current'];
  readonly isFirst: boolean;
}

/** One image to move to: what this image would be on it, both sides of it, and how. */
export function CandidateCard({ candidate, report, current, isFirst }: CandidateCardProps) {
  const [isOpen, setOpen] = useState(isFirst);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const { name, why, aliases, counts, predicted, simulation } = candidate;
  const change = simulation && totalOf(simulation.difference);
  return (
    <article className={`${styles.card} ${isFirst ? styles.first : ''}`}>
      <button type="button" className={styles.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Chevron size={14} className={styles.dim} />
        <span>
          <b>{name}</b> {isFirst && <span className={styles.best}>recommended</span>}
          <span className={styles.why}>
            {why}
            {aliases.length > 0 && ` · also ${aliases.join(', ')}`}
          </span>
        </span>
        <span className={styles.numbers}>
          {predicted ? (
            <Counts counts={predicted} />
          ) : counts ? (
            <Counts counts={counts} />
          ) : (
            <span className={styles.dim}>vulnerabilities unknown</span>
          )}
          {change !== undefined && (
            <span className={change <= 0 ? styles.less : styles.more}>
              {signed(change)}{' '}
              <small className={styles.unit}>in your image{simulation && simulation.packages.estimated > 0 ? ', about' : ''}</small>
            </span>
          )}
        </span>
      </button>
      {isOpen && <Body candidate={candidate} report={report} current={current} />}
    </article>
  );
}

function Body({ candidate, report, current }: Omit<CandidateCardProps, 'isFirst'>) {
  const { benefits, disadvantages, difference, counts, simulation, dockerfile, pinned, commands, digest } = candidate;
  const pin = usePin();
  const change = useDockerfileChange((found) => found.candidate?.digest === digest && found.base === current.name);
  const line = pin ? pinned : dockerfile;
  const old = writtenOf(current);
  return (
    <div className={styles.body}>
      <p className={styles.facts}>{factsOf(candidate)}</p>
      <div>
        <h3>Benefits</h3>
        <ul className={styles.benefits}>
          {benefits.map((text) => (
            <li key={text}>{text}</li>
          ))}
          {benefits.length === 0 && <li className={styles.none}>none</li>}
        </ul>
      </div>
      <div>
        <h3>Disadvantages</h3>
        <ul className={styles.disadvantages}>
          {disadvantages.map((text) => (
            <li key={text}>{text}</li>
          ))}
          {disadvantages.length === 0 && <li className={styles.none}>none known</li>}
        </ul>
      </div>
      <div className={styles.difference}>
        {simulation && (
          <p>
            Your image on it: <Difference counts={simulation.difference} />
          </p>
        )}
        {counts && (
          <p className={styles.dim}>
            The base itself: <Counts counts={counts} /> {difference && <Difference counts={difference} />}
          </p>
        )}
      </div>
      {simulation && <SimulationDetails digest={report.inventory.image.digest} base={current.digest} candidate={candidate} />}
      <Reasons candidate={candidate} />
      <div className={styles.wide}>
        {change?.diff ? (
          <Diff title={change.file} lines={change.diff.trimEnd().split('\n')} copy={change.diff} />
        ) : line === `FROM ${old}` ? (
          <p className={styles.facts}>
            The Dockerfile stays as it is: rebuild {report.inventory.image.name} so that the tag is pulled anew.
          </p>
        ) : (
          <Diff title="Dockerfile" lines={[`-FROM ${old}`, `+${line}`]} copy={line} />
        )}
        {change?.notes.map((note) => (
          <p key={note} className={styles.facts}>
            {note}
          </p>
        ))}
        <Commands lines={commands} />
      </div>
    </div>
  );
}

/** The sum that ranks it. */
function Reasons({ candidate: { reasons, score } }: { readonly candidate: Candidate }) {
  const weighed = reasons.filter(({ weight }) => weight !== 0);
  if (weighed.length === 0) return null;
  return (
    <details className={styles.fold}>
      <summary>Why it is ranked so: {signed(score)}</summary>
      <ul className={styles.reasons}>
        {weighed.map(({ rule, text, weight }) => (
          <li key={rule + text}>
            <span className={weight > 0 ? styles.plus : styles.minus}>{signed(weight)}</span> {text}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A base as a Dockerfile writes it: images of folders are often called `python_3.9`, where a colon cannot stand. */
function writtenOf({ name, tag }: BaseAdvice['current']): string {
  return tag !== undefined && name.endsWith(`_${tag}`) ? `${name.slice(0, -tag.length - 1)}:${tag}` : name;
}

function signed(number: number): string {
  return number > 0 ? `+${number}` : number === 0 ? '±0' : `−${-number}`;
}

function factsOf({ created, size, packages, os, runtime, support }: Candidate): string {
  const age = ageOf(created);
  return [
    ...(age === undefined ? [] : [`${age} old`]),
    ...(size === undefined ? [] : [bytesText(size)]),
    ...(packages === undefined ? [] : [countText(packages, 'package')]),
    ...(os === undefined ? [] : [os]),
    ...(runtime === undefined ? [] : [runtime]),
    ...(support === undefined ? [] : [`${support.product} ${support.ended ? 'without support since' : 'supported until'} ${support.ends}`]),
  ].join(' · ');
}
