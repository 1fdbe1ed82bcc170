import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiError } from '../../api/client.ts';
import { reportQuery } from '../../api/queries.ts';
import { Empty, Failed, Loading } from '../../components/state.tsx';
import { Fixes } from './fixes/fixes.tsx';
import { Header } from './header.tsx';
import { Hierarchy } from './hierarchy.tsx';
import { Layers } from './layers.tsx';
import styles from './page.module.css';
import { Panels } from './panels.tsx';

/** One image, taken apart. */
export function DetailsPage() {
  const { digest } = useParams({ from: '/images/$digest' });
  const { data: report, error, refetch } = useQuery(reportQuery(digest));
  const name = report?.inventory.image.name;
  useEffect(() => {
    document.title = name ? `${name} · Plimsoll` : 'Plimsoll';
  }, [name]);

  if (error instanceof ApiError && error.status === 404) {
    return (
      <Empty title="This image is not here">
        <p>It was never added to this server, or it was removed.</p>
        <Link to="/">All images</Link>
      </Empty>
    );
  }
  if (error) return <Failed what="the report" error={error} retry={() => void refetch()} />;
  if (!report) return <Loading what="the report" />;
  return (
    <>
      <Header report={report} />
      <main className={styles.main}>
        <div className={styles.left}>
          <Hierarchy report={report} />
          <Layers report={report} />
        </div>
        <Panels report={report} />
      </main>
      <Fixes report={report} />
    </>
  );
}
