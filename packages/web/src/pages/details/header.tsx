import { platformName, type Report, shortDigest, totalOf } from '@plimsoll/model';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, ChevronDown, TriangleAlert } from 'lucide-react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { formatsQuery } from '../../api/queries.ts';
import { ActionButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Counts } from '../../components/counts.tsx';
import { MenuButton, MenuLine } from '../../components/menu.tsx';
import { ageOf, bytesText, countText, dateText } from '../../state/text.ts';
import styles from './header.module.css';
import { isCovered } from './selection.ts';
import { useDetails } from './use-details.ts';

/** What it is, how bad it is, and what can be done. */
export function Header({ report }: { readonly report: Report }) {
  const { image, packages, distro } = report.inventory;
  const [name, tag] = splitName(image.name);
  const age = ageOf(image.created);
  const dates = report.advisories.flatMap(({ date }) => (date ? [date] : [])).sort();
  const covered = isCovered(report);
  return (
    <section className={styles.header} aria-label="The image">
      <div className={styles.top}>
        <div className={styles.what}>
          <div className={styles.names}>
            <h1>
              {name}
              {tag !== '' && <span className={styles.tag}>{tag}</span>}
            </h1>
            {image.aliases.map((alias) => (
              <span key={alias} className={styles.alias} title={alias}>
                {alias.startsWith(`${name}:`) ? alias.slice(name.length + 1) : alias}
              </span>
            ))}
          </div>
          <ul className={styles.facts}>
            <li title={image.platforms.length > 1 ? `there too for ${image.platforms.map(platformName).join(', ')}` : undefined}>
              {platformName(image.platform)}
            </li>
            <li>{bytesText(image.size)}</li>
            {age !== undefined && <li title={dateText(image.created)}>built {age} ago</li>}
            <li>{countText(packages.length, 'package')}</li>
            {distro && <li>{distro.name}</li>}
            <li className={styles.digest} title={image.digest}>
              <code>sha256:{shortDigest(image.digest)}</code>
              <CopyButton text={image.digest} label="Copy the digest" />
            </li>
            <li>{dates.length === 0 ? 'no advisories loaded' : `advisories of ${dateText(dates.at(-1))}`}</li>
          </ul>
        </div>
        <div className={styles.actions}>
          <Link to="/compare" search={{ image: image.digest }} className={styles.compare}>
            Compare
          </Link>
          <Export digest={image.digest} />
          <FixesMenu report={report} />
        </div>
      </div>
      <div className={styles.verdict}>
        {covered ? (
          <>
            <Counts counts={report.counts} size="big" />
            <span>
              <b className={report.exploited > 0 ? styles.bad : undefined}>{report.exploited}</b>{' '}
              <span className={styles.dim}>known exploited</span>
            </span>
            <span>
              <b>{report.fixable}</b> <span className={styles.dim}>can be fixed now</span>
            </span>
            <Prospect report={report} />
          </>
        ) : (
          <Unknown isEmpty={packages.length === 0} />
        )}
      </div>
      <CoverageLine report={report} />
    </section>
  );
}

/** What is left when every step of the plan is taken. */
function Prospect({ report }: { readonly report: Report }) {
  const { change } = useDetails();
  const { plan } = report.recommendations;
  const last = plan.at(-1);
  const fewer = last ? totalOf(report.counts) - totalOf(last.after) : 0;
  if (fewer <= 0) return null;
  return (
    <Button className={styles.prospect ?? ''} onPress={() => change({ fixes: 'plan', tip: undefined })}>
      {countText(plan.length, 'step')} would remove {fewer} <ArrowRight size={13} />
    </Button>
  );
}

function Unknown({ isEmpty }: { readonly isEmpty: boolean }) {
  return (
    <p className={styles.unknown}>
      <b>Vulnerabilities unknown.</b>{' '}
      {isEmpty ? (
        'No package was identified, so there is nothing to match.'
      ) : (
        <>
          No advisories are loaded for what is in it. <Link to="/data">Load advisories</Link>
        </>
      )}
    </p>
  );
}

function Export({ digest }: { readonly digest: string }) {
  const { data: formats = [] } = useQuery(formatsQuery);
  return (
    <MenuButton
      aria-label="Export"
      button={
        <ActionButton>
          Export <ChevronDown size={14} />
        </ActionButton>
      }
    >
      {formats.map(({ id, title }) => (
        <MenuLine key={id} href={`/api/images/${encodeURIComponent(digest)}/export/${id}`} download>
          {title}
        </MenuLine>
      ))}
    </MenuButton>
  );
}

function FixesMenu({ report }: { readonly report: Report }) {
  const { change } = useDetails();
  return (
    <MenuButton
      aria-label="Recommended fixes"
      onAction={(key) => change({ fixes: String(key), tip: undefined })}
      button={
        <ActionButton kind="primary">
          Recommended fixes <ChevronDown size={14} />
        </ActionButton>
      }
    >
      <MenuLine id="image">Recommendations for this image</MenuLine>
      {report.recommendations.plan.length > 0 && (
        <MenuLine
          id="plan"
          textValue="Fix plan"
          detail={`${countText(report.recommendations.plan.length, 'step')}: the fewest that take most of the risk away`}
        >
          Fix plan
        </MenuLine>
      )}
      {report.recommendations.bases.map(({ current, state, refresh, change: others }) => (
        <MenuLine
          key={current.digest + current.name}
          id={current.name}
          textValue={`Recommendations for base image ${current.name}`}
          detail={`${current.name}${state === 'outdated' ? ' · a newer image is known' : ''}${refresh.length + others.length === 0 ? '' : ` · ${countText(refresh.length + others.length, 'candidate')}`}`}
        >
          Recommendations for base image
        </MenuLine>
      ))}
    </MenuButton>
  );
}

/** What was not looked at, before anyone takes a zero for safety. */
function CoverageLine({ report }: { readonly report: Report }) {
  const { gaps, unreadableFiles, skippedFiles } = report.coverage;
  const faults = report.diagnostics;
  const parts = [
    ...(gaps.length > 0 ? [countText(gaps.length, 'gap in coverage', 'gaps in coverage')] : []),
    ...(unreadableFiles > 0 ? [countText(unreadableFiles, 'file could not be read', 'files could not be read')] : []),
    ...(skippedFiles > 0 ? [countText(skippedFiles, 'file was left out', 'files were left out')] : []),
  ];
  if (parts.length === 0 && faults.length === 0) return null;
  return (
    <Disclosure className={styles.coverage ?? ''}>
      <Heading level={2}>
        <Button slot="trigger" className={styles.trigger ?? ''}>
          <TriangleAlert size={14} />
          {parts.join(' · ') || countText(faults.length, 'diagnostic')}
          <ChevronDown size={14} />
        </Button>
      </Heading>
      <DisclosurePanel>
        <ul className={styles.gaps}>
          {gaps.map((gap) => (
            <li key={gap}>{gap}</li>
          ))}
          {faults.map(({ code, message, layer, author }) => (
            <li key={`${code} ${layer} ${message}`}>
              {message}{' '}
              <span className={styles.dim}>
                ({code}, {author}
                {layer === undefined ? '' : `, layer ${layer}`})
              </span>
            </li>
          ))}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  );
}

function splitName(name: string): readonly [string, string] {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? [name.slice(0, colon), name.slice(colon)] : [name, ''];
}
