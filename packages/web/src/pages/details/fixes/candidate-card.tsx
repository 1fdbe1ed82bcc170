import { type Candidate, type Report, totalOf } from '@plimsoll/model';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Counts, Difference } from '../../../components/counts.tsx';
import { ageOf, bytesText, countText } from '../../../state/text.ts';
import styles from './candidate-card.module.css';
import { Commands, FromDiff } from './commands.tsx';

interface CandidateCardProps {
  readonly candidate: Candidate;
  readonly report: Report;
  /** The base it would take the place of. */
  readonly current: string;
  readonly isFirst: boolean;
}

/** One image to move to: both sides of it, and how. */
export function CandidateCard({ candidate, report, current, isFirst }: CandidateCardProps) {
  const [isOpen, setOpen] = useState(isFirst);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const { name, why, aliases, counts, difference, benefits, disadvantages, dockerfile, commands } = candidate;
  const change = difference && totalOf(difference);
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
          {counts ? <Counts counts={counts} /> : <span className={styles.dim}>vulnerabilities unknown</span>}
          {change !== undefined && (
            <span className={change <= 0 ? styles.less : styles.more}>
              {change > 0 ? `+${change}` : change === 0 ? '±0' : `−${-change}`} <small className={styles.unit}>in the base</small>
            </span>
          )}
        </span>
      </button>
      {isOpen && (
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
          {difference && (
            <p className={styles.difference}>
              Vulnerabilities of the base: <Difference counts={difference} />
            </p>
          )}
          <div className={styles.wide}>
            {dockerfile === `FROM ${current}` ? (
              <SameTag name={report.inventory.image.name} />
            ) : (
              <FromDiff from={`FROM ${current}`} to={dockerfile} />
            )}
            <Commands lines={commands} />
          </div>
        </div>
      )}
    </article>
  );
}

function SameTag({ name }: { readonly name: string }) {
  return <p className={styles.facts}>The Dockerfile stays as it is: rebuild {name} so that the tag is pulled anew.</p>;
}

function factsOf({ created, size, packages, os }: Candidate): string {
  const age = ageOf(created);
  return [
    ...(age === undefined ? [] : [`${age} old`]),
    ...(size === undefined ? [] : [bytesText(size)]),
    ...(packages === undefined ? [] : [countText(packages, 'package')]),
    ...(os === undefined ? [] : [os]),
  ].join(' · ');
}
