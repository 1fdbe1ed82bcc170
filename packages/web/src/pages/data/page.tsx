import type { AdvisorySourceStatus } from '@plimsoll/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import { ApiError } from '../../api/client.ts';
import { aboutQuery, advisoriesQuery, updateAdvisories } from '../../api/queries.ts';
import { ActionButton } from '../../components/button.tsx';
import { Jobs } from '../../components/jobs.tsx';
import { Failed, Loading } from '../../components/state.tsx';
import { ageOf, countText, dateText } from '../../state/text.ts';
import panel from '../details/panel.module.css';
import images from '../images/page.module.css';
import styles from './page.module.css';

const STALE = ['advisories', 'images', 'about'] as const;

/** Where the advisories come from, how old they are, and the button that fetches them. */
export function DataPage() {
  const client = useQueryClient();
  const { data: sources, error, refetch } = useQuery(advisoriesQuery);
  const { data: about } = useQuery(aboutQuery);
  const update = useMutation({ mutationFn: updateAdvisories, onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }) });
  useEffect(() => {
    document.title = 'Data · Plimsoll';
  }, []);
  return (
    <main className={images.main}>
      <div className={images.top}>
        <h1>Data</h1>
        <span className={images.space} />
        <ActionButton kind="primary" isDisabled={about?.offline === true || update.isPending} onPress={() => update.mutate()}>
          <RefreshCw size={14} /> Update advisories
        </ActionButton>
      </div>
      <p className={styles.intro}>
        Advisories are kept on this machine; images are matched against them here, and nothing about your images leaves it. The button
        fetches the live feeds; on the command line it is <code>plimsoll advisories update</code>, and <code>--from PATH</code> takes files
        instead of the network.
        {about?.offline && ' The network is switched off (PLIMSOLL_OFFLINE).'}
      </p>
      <Jobs kinds={['update-advisories']} stale={STALE} />
      {update.error && (
        <p className={styles.fault} role="alert">
          {update.error.message} {update.error instanceof ApiError && update.error.hint ? `Try: ${update.error.hint}.` : ''}
        </p>
      )}
      {error && <Failed what="the sources" error={error} retry={() => void refetch()} />}
      {!sources && !error && <Loading what="the sources" />}
      {sources && (
        <section className={panel.panel} aria-label="Advisory sources">
          <ul>
            {sources.map((source) => (
              <SourceRow key={source.id} source={source} />
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}

function SourceRow({ source }: { readonly source: AdvisorySourceStatus }) {
  const { title, state, date, records, ecosystems, license, error, sample } = source;
  const age = ageOf(date);
  return (
    <li className={styles.row}>
      <div>
        <b>{title}</b> <span className={`${styles.state} ${styles[state]}`}>{sample && state === 'ready' ? 'sample' : state}</span>
        <small>{license}</small>
        {error && <small className={styles.fault}>{error}</small>}
      </div>
      <div>
        {state === 'empty' ? 'never fetched' : `data of ${dateText(date)}`}
        {age !== undefined && <small>{age} old</small>}
      </div>
      <div>
        {countText(records, 'record')}
        <small title={ecosystems.join(', ')}>
          {ecosystems.length > 6 ? `${ecosystems.slice(0, 6).join(', ')} and ${ecosystems.length - 6} more` : ecosystems.join(', ')}
        </small>
      </div>
    </li>
  );
}
