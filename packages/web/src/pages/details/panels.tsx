import { instructionOf, type Report } from '@plimsoll/model';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { ActionButton } from '../../components/button.tsx';
import { panels } from '../../panels/registry.ts';
import type { TabId } from '../../state/search.ts';
import { layersText } from '../../state/text.ts';
import panel from './panel.module.css';
import styles from './panels.module.css';
import { describeSelection, selectionOf } from './selection.ts';
import { useDetails } from './use-details.ts';

/** The tabs on the right: all follow the selection of layers. */
export function Panels({ report }: { readonly report: Report }) {
  const { search, change } = useDetails();
  const selection = selectionOf(report, search);
  const words = selection.layers ? layersText(selection.layers) : '';
  const [only] = selection.layers?.length === 1 ? selection.layers : [];
  const instruction = instructionOf(report.inventory.image.layers.find(({ index }) => index === only)?.createdBy ?? '');
  return (
    <Tabs
      className={`${panel.panel} ${styles.panels}`}
      selectedKey={search.tab ?? 'vulnerabilities'}
      onSelectionChange={(key) => change({ tab: key === 'vulnerabilities' ? undefined : (key as TabId), q: undefined, open: undefined })}
    >
      <TabList className={styles.tabs ?? ''} aria-label="What is in the image">
        {panels.map(({ id, title, count }) => (
          <Tab key={id} id={id} className={styles.tab ?? ''}>
            {title} <span className={styles.count}>{count(report, selection)?.toLocaleString('en-US') ?? '?'}</span>
          </Tab>
        ))}
      </TabList>
      {selection.layers && (
        <div className={styles.note} role="status">
          <b>{words[0]?.toUpperCase() + words.slice(1)}</b>
          <span>{describeSelection(report, selection)}</span>
          <ActionButton kind="quiet" onPress={() => change({ layers: undefined, base: undefined })}>
            Clear selection
          </ActionButton>
          {instruction && <code className={styles.instruction}>{instruction}</code>}
        </div>
      )}
      {panels.map(({ id, View }) => (
        <TabPanel key={id} id={id} className={styles.content ?? ''}>
          <View report={report} selection={selection} search={search} change={change} />
        </TabPanel>
      ))}
    </Tabs>
  );
}
