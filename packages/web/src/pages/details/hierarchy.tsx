import type { BaseImage, Confidence, Report } from '@plimsoll/model';
import { ArrowUp, ChevronDown, Sigma } from 'lucide-react';
import { Button, Disclosure, DisclosurePanel, Heading, ListBox, ListBoxItem } from 'react-aria-components';
import { Counts, CountsText } from '../../components/counts.tsx';
import { ageOf, countText } from '../../state/text.ts';
import styles from './hierarchy.module.css';
import { PinBase } from './pin-base.tsx';
import { Section } from './section.tsx';
import { isCovered } from './selection.ts';
import { useDetails } from './use-details.ts';

const WORDS: Readonly<Record<Confidence, string>> = {
  verified: 'stated and verified by layers',
  matched: 'matched by layers',
  stated: 'stated, layers not known',
  guessed: 'a guess',
};

/** The chain of base images; choosing one filters the page to what its layers brought. */
export function Hierarchy({ report }: { readonly report: Report }) {
  const { search, change } = useDetails();
  const { hierarchy } = report;
  const updates = hierarchy.filter(({ outdated, self }) => outdated && !self).length;
  const chosen = search.layers ? 'none' : search.base === undefined ? 'all' : String(search.base);
  const covered = isCovered(report);
  return (
    <Section
      id="hierarchy"
      title="Image hierarchy"
      aside={updates > 0 && <span className={styles.update}>{countText(updates, 'update')}</span>}
      isOpen
    >
      <ListBox
        className={styles.list ?? ''}
        aria-labelledby="hierarchy-title"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => {
          const key = keys === 'all' ? 'all' : String([...keys][0] ?? 'all');
          change({ base: key === 'all' ? undefined : Number(key), layers: undefined });
        }}
      >
        <ListBoxItem id="all" textValue="ALL" className={styles.row ?? ''}>
          <Sigma size={14} className={styles.sigma} />
          <b>ALL</b>
          <Counts counts={report.counts} known={covered} />
        </ListBoxItem>
        {hierarchy.map((link, position) => (
          <ListBoxItem
            key={`${link.layers.join('-')} ${link.candidates[0]}`}
            id={String(position)}
            textValue={link.candidates[0] ?? ''}
            className={`${styles.row} ${styles.stem} ${link.self ? styles.self : ''}`}
          >
            <span className={styles.dot} />
            <span className={styles.name}>{link.candidates[0]}</span>
            <Counts counts={link.counts} known={covered} />
            <span className={styles.sub}>{describe(link)}</span>
            <UpdateMark link={link} />
          </ListBoxItem>
        ))}
      </ListBox>
      {hierarchy.length === 1 && (
        <p className={styles.unknown}>
          The base image is unknown: no known image has these layers. Add images that may be it with <code>plimsoll bases add</code>.
        </p>
      )}
      <Evidence report={report} />
    </Section>
  );
}

/** Only where a newer image of the tag is known; silence says nothing, and the drawer tells which. */
function UpdateMark({ link }: { readonly link: BaseImage }) {
  if (!link.outdated || link.self) return null;
  const age = ageOf(link.latest?.created);
  return (
    <span className={styles.newer}>
      <span className={styles.update}>
        <ArrowUp size={11} strokeWidth={3} />
        newer image
      </span>
      {age !== undefined && `${age} old`}
      {link.latestCounts && (
        <span>
          {' '}
          · it has <CountsText counts={link.latestCounts} /> in all
        </span>
      )}
    </span>
  );
}

function describe({ layers: [first, last], current, confidence, self, pinned, candidates }: BaseImage): string {
  const range = first > last ? 'no layers of its own' : first === last ? `layer ${first}` : `layers ${first}–${last}`;
  const age = ageOf(current?.created);
  const others = candidates.length > 1 && !self ? [`or ${countText(candidates.length - 1, 'other name')}`] : [];
  return [
    ...(self ? ['this image'] : []),
    range,
    ...(age === undefined ? [] : [`${age} old`]),
    ...(self ? [] : [pinned ? 'said by a person' : WORDS[confidence]]),
    ...others,
  ].join(' · ');
}

function Evidence({ report }: { readonly report: Report }) {
  const links = report.hierarchy.filter(({ self }) => !self);
  const pinned = links.find((link) => link.pinned)?.candidates[0];
  return (
    <Disclosure className={styles.evidence ?? ''}>
      <Heading level={3}>
        <Button slot="trigger" className={styles.trigger ?? ''}>
          How this was found <ChevronDown size={13} />
        </Button>
      </Heading>
      <DisclosurePanel>
        <dl className={styles.proof}>
          {links.map(({ candidates: [name, ...others], evidence, confidence }) => (
            <div key={name}>
              <dt>
                {name} <span className={styles.dim}>{WORDS[confidence]}</span>
              </dt>
              {evidence.map(({ detector, detail }) => (
                <dd key={detector + detail}>
                  <b>{detector}</b> {detail}
                </dd>
              ))}
              {others.length > 0 && <dd>It may also be called {others.join(', ')}</dd>}
            </div>
          ))}
        </dl>
        <PinBase digest={report.inventory.image.digest} pinned={pinned} />
      </DisclosurePanel>
    </Disclosure>
  );
}
