import type { ImageSummary } from '@plimsoll/model';
import { platformName } from '@plimsoll/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowUp, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { aboutQuery, imagesQuery, removeImage } from '../../api/queries.ts';
import { Counts } from '../../components/counts.tsx';
import { FilterBar, FilterMenu, FilterText } from '../../components/filters.tsx';
import { Jobs } from '../../components/jobs.tsx';
import { Empty, Failed, Loading } from '../../components/state.tsx';
import { ageOf, agoText, bytesText, countText } from '../../state/text.ts';
import panel from '../details/panel.module.css';
import { AddImage } from './add-image.tsx';
import styles from './page.module.css';
import { type SortId, selectImages, sorts } from './select.ts';

const STALE = ['images'] as const;

/** Every image that was added, the riskiest first. */
export function ImagesPage() {
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const { data: images, error, refetch } = useQuery(imagesQuery);
  const { data: about } = useQuery(aboutQuery);
  const sort: SortId = search.sort !== undefined && search.sort in sorts ? (search.sort as SortId) : 'risk';
  useEffect(() => {
    document.title = 'Images · Plimsoll';
  }, []);
  const rows = selectImages(images ?? [], { q: search.q, sort });
  return (
    <main className={styles.main}>
      <div className={styles.top}>
        <h1>Images</h1>
        {images && <span className={styles.dim}>{images.length}</span>}
        <span className={styles.space} />
        <AddImage />
      </div>
      <Jobs kinds={['index-image']} stale={STALE} />
      {error && <Failed what="the images" error={error} retry={() => void refetch()} />}
      {!images && !error && <Loading what="the images" />}
      {images?.length === 0 && (
        <div className={panel.panel}>
          <Empty title="No images yet">
            <p>Add one by its reference or by the path of an archive or OCI layout on the server's machine.</p>
            <p>
              On the command line: <code>plimsoll view IMAGE</code>
            </p>
          </Empty>
        </div>
      )}
      {images && images.length > 0 && (
        <section className={panel.panel} aria-label="Images">
          <FilterBar>
            <FilterText
              label="Filter by name, base or digest"
              value={search.q ?? ''}
              onChange={(q) =>
                void navigate({ search: () => ({ ...(search.sort && { sort: search.sort }), ...(q && { q }) }), replace: true })
              }
            />
            <FilterMenu
              label={`Sort: ${sorts[sort]}`}
              single
              options={Object.keys(sorts) as SortId[]}
              chosen={[sort]}
              onChange={(chosen) => void navigate({ search: () => ({ ...search, ...(chosen?.[0] && { sort: chosen[0] }) }) })}
            />
          </FilterBar>
          <ul className={styles.list}>
            {rows.map((image) => (
              <ImageRow key={image.digest} image={image} covered={about?.advisories !== undefined} />
            ))}
          </ul>
          {rows.length === 0 && (
            <Empty title="Nothing is left">
              <p>No image fits “{search.q}”.</p>
            </Empty>
          )}
        </section>
      )}
    </main>
  );
}

function ImageRow({ image, covered }: { readonly image: ImageSummary; readonly covered: boolean }) {
  const client = useQueryClient();
  const { names, base, counts, digest } = image;
  const [name = digest, ...others] = names;
  const age = ageOf(image.created);
  const analysed = agoText(image.indexed);
  const remove = async () => {
    await removeImage(digest);
    await client.invalidateQueries({ queryKey: ['images'] });
  };
  return (
    <li className={styles.row}>
      <div className={styles.names}>
        <Link to="/images/$digest" params={{ digest }} className={styles.name}>
          {name}
        </Link>
        {others.map((other) => (
          <span key={other} className={styles.alias}>
            {other}
          </span>
        ))}
        <span className={styles.sub}>
          {[
            platformName(image.platform),
            bytesText(image.size),
            countText(image.packages, 'package'),
            ...(age ? [`built ${age} ago`] : []),
            ...(analysed ? [`analysed ${analysed}`] : []),
          ].join(' · ')}
        </span>
      </div>
      <div className={styles.base}>
        {base ? (
          <>
            on {base.name}
            {base.outdated && (
              <span className={styles.update}>
                <ArrowUp size={11} strokeWidth={3} /> newer image
              </span>
            )}
          </>
        ) : (
          <span className={styles.dim}>base unknown</span>
        )}
        <span className={styles.sub}>{image.os}</span>
      </div>
      <div className={styles.risk}>
        <Counts counts={counts} known={covered} />
        {covered && (
          <span className={styles.sub}>
            {image.exploited > 0 && <b className={styles.bad}>{image.exploited} exploited · </b>}
            {image.fixable} can be fixed
          </span>
        )}
      </div>
      <Button className={styles.remove ?? ''} aria-label={`Remove ${name}`} onPress={() => void remove()}>
        <Trash2 size={14} />
      </Button>
    </li>
  );
}
