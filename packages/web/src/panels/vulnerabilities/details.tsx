import { instructionOf, type Match } from '@plimsoll/model';
import type { ReactNode } from 'react';
import { placeText } from '../../pages/details/selection.ts';
import { dateText } from '../../state/text.ts';
import type { PanelProps } from '../types.ts';
import styles from './details.module.css';
import { packagesById } from './select.ts';

/** Everything known of one match, and why it is one. Texts of advisories are shown as plain text. */
export function MatchDetails({ match, report }: { readonly match: Match; readonly report: PanelProps['report'] }) {
  const found = packagesById(report).get(match.packageId);
  const { how, epss, kev, cvss } = match;
  const text = match.description ?? match.summary;
  const layer = report.inventory.image.layers.find(({ index }) => index === match.introducedIn);
  return (
    <div className={styles.details}>
      {match.summary && match.description && <p className={styles.summary}>{match.summary}</p>}
      {text && <p className={styles.text}>{text}</p>}
      {match.suppressed && (
        <p className={styles.text}>
          Does not count: {match.suppressed.reason} ({match.suppressed.by}
          {match.suppressed.until ? `, until ${match.suppressed.until}` : ''})
        </p>
      )}
      <dl className={styles.facts}>
        <Fact name="Why it matches">
          {how.searchedBy.ecosystem} <code>{how.searchedBy.name}</code> {how.searchedBy.version} lies in <code>{how.range}</code>
          <small>
            {match.source} {match.advisoryId === match.id ? '' : match.advisoryId}, compared as {how.scheme}
          </small>
        </Fact>
        <Fact name="Fix">{match.fixedIn === undefined ? 'none is known' : <code>{match.fixedIn}</code>}</Fact>
        <Fact name="Says who">
          {match.opinions.length === 0
            ? 'nobody has rated it'
            : match.opinions.map(({ source, severity, score, vector }, position) => (
                <span key={`${source}${vector ?? severity}`} className={styles.opinion}>
                  {source}: {severity}
                  {score === undefined ? '' : ` ${score.toFixed(1)}`}
                  {position === 0 && match.opinions.length > 1 ? ' (counts)' : ''}
                </span>
              ))}
        </Fact>
        <Fact name="Where">
          {found?.evidence.map((place) => (
            <span key={`${place.path}${place.layer}`} className={styles.opinion}>
              <code>/{place.path}</code> <small>{place.layer < 0 ? '' : `layer ${place.layer}`}</small>
            </span>
          ))}
          <small>
            {placeText(report, match.introducedIn)}
            {layer?.createdBy ? ` · ${instructionOf(layer.createdBy).slice(0, 120)}` : ''}
          </small>
        </Fact>
        {cvss && (
          <Fact name={`CVSS ${cvss.version}`}>
            {cvss.score.toFixed(1)} <code>{cvss.vector}</code>
          </Fact>
        )}
        {epss && (
          <Fact name="EPSS">
            {(epss.score * 100).toFixed(2)} % within 30 days, higher than {Math.floor(epss.percentile * 100)} % of all
          </Fact>
        )}
        {kev && (
          <Fact name="Known exploited">
            since {dateText(kev.dateAdded)}
            {kev.dueDate ? `, due ${dateText(kev.dueDate)}` : ''}
            {kev.ransomware ? ', in ransomware' : ''}
          </Fact>
        )}
        {match.aliases.length > 0 && <Fact name="Also called">{match.aliases.join(', ')}</Fact>}
        {match.cwes.length > 0 && <Fact name="Weakness">{match.cwes.join(', ')}</Fact>}
        {match.published && <Fact name="Published">{dateText(match.published)}</Fact>}
      </dl>
      {match.references.length > 0 && (
        <ul className={styles.links}>
          {match.references.slice(0, 8).map((address) => (
            <li key={address}>
              <a href={address} target="_blank" rel="noreferrer noopener">
                {address.replace(/^https?:\/\//, '')}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
