import { instructionOf, type Layer, type LayerReport, type Report, totalOf } from '@plimsoll/model';
import { useRef } from 'react';
import { ListBox, ListBoxItem, type Selection as SelectedKeys } from 'react-aria-components';
import { SeverityBar } from '../../components/counts.tsx';
import { bytesText, countText } from '../../state/text.ts';
import styles from './layers.module.css';
import { Section } from './section.tsx';
import { isCovered, selectionOf } from './selection.ts';
import { useDetails } from './use-details.ts';

/** Hidden bytes below this are not worth a word beside the layer. */
const WORTH_SAYING = 1_000_000;

/** Every layer, earliest first. Click chooses one, Ctrl adds, Shift takes a range; arrows, Space and Shift with arrows do the same; Esc clears. */
export function Layers({ report }: { readonly report: Report }) {
  const { search, change } = useDetails();
  const { image } = report.inventory;
  const selection = selectionOf(report, search);
  const most = Math.max(1, ...report.layers.map(({ added }) => totalOf(added)));
  const given = useRef<SelectedKeys>(undefined);
  const selectedKeys = keysOf(search.layers ?? [], given.current);
  const filled = image.layers.filter(({ emptyLayer }) => !emptyLayer).length;
  return (
    <Section
      id="layers"
      title="Layers"
      detail={`${filled} of ${image.layers.length} have files`}
      aside={bytesText(image.size)}
      isOpen={search.layers !== undefined}
      className={styles.section}
    >
      <ListBox
        className={styles.list ?? ''}
        aria-labelledby="layers-title"
        selectionMode="multiple"
        selectionBehavior="replace"
        selectedKeys={selectedKeys}
        onSelectionChange={(keys) => {
          given.current = keys;
          const layers = keys === 'all' ? image.layers.map(({ index }) => index) : [...keys].map(Number).sort((a, b) => a - b);
          change({ layers: layers.length > 0 ? layers : undefined, base: undefined });
        }}
      >
        {image.layers.map((layer, position) => (
          <ListBoxItem
            key={layer.index}
            id={String(layer.index)}
            textValue={`layer ${layer.index} ${instructionOf(layer.createdBy)}`}
            className={`${styles.row} ${layer.emptyLayer ? styles.empty : ''} ${selection.layers && !selection.has(layer.index) ? styles.off : ''}`}
          >
            <span className={styles.number}>{layer.index}</span>
            <Instruction layer={layer} />
            <span className={styles.size}>{layer.emptyLayer ? '–' : bytesText(layer.size ?? 0)}</span>
            <Effect layer={layer} did={report.layers[position]} most={most} covered={isCovered(report)} />
          </ListBoxItem>
        ))}
      </ListBox>
    </Section>
  );
}

/**
 * The chosen keys as the list gave them, where they still are what the address says: that set remembers where a range began, which a plain
 * one does not.
 */
function keysOf(layers: readonly number[], given: SelectedKeys | undefined): Iterable<string | number> {
  const keys = layers.map(String);
  const isSame = given !== undefined && given !== 'all' && given.size === keys.length && keys.every((key) => given.has(key));
  return isSame ? given : keys;
}

function Instruction({ layer }: { readonly layer: Layer }) {
  const text = instructionOf(layer.createdBy);
  if (text === '') return <span className={styles.instruction}>no history</span>;
  const space = text.indexOf(' ');
  const keyword = space === -1 ? text : text.slice(0, space);
  const isKeyword = /^[A-Z]{2,12}$/.test(keyword);
  return (
    <span className={styles.instruction} title={text}>
      {isKeyword && <b>{keyword}</b>}
      {isKeyword ? text.slice(keyword.length) : text}
    </span>
  );
}

/** What a layer did, in the little space there is: what it added; else what it fixed; else what it hides. */
function Effect({
  layer,
  did,
  most,
  covered,
}: {
  readonly layer: Layer;
  readonly did: LayerReport | undefined;
  readonly most: number;
  readonly covered: boolean;
}) {
  if (!did || layer.emptyLayer) return <span />;
  const fixed = covered ? totalOf(did.fixed) : 0;
  const hides = did.hidesBytes >= WORTH_SAYING;
  const showsBar = covered && (totalOf(did.added) > 0 || (fixed === 0 && !hides));
  return (
    <span className={styles.effect}>
      {showsBar && <SeverityBar counts={did.added} most={most} />}
      {fixed > 0 && (
        <span className={styles.fixed} title={`took away ${countText(fixed, 'vulnerability', 'vulnerabilities')} of lower layers`}>
          fixed {fixed}
        </span>
      )}
      {hides && (
        <span className={styles.hides} title="bytes of lower layers that this one hides and every pull still fetches">
          hides {bytesText(did.hidesBytes)}
        </span>
      )}
    </span>
  );
}
