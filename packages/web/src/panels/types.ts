import type { Report } from '@plimsoll/model';
import type { ComponentType } from 'react';
import type { DetailsSearch, TabId } from '../state/search.ts';

/** Layers that are chosen; everything where `layers` is undefined. */
export interface PanelSelection {
  readonly layers: readonly number[] | undefined;
  readonly has: (layer: number) => boolean;
}

/** What a panel is given: facts, the selection, and the part of the address it may change. */
export interface PanelProps {
  readonly report: Report;
  readonly selection: PanelSelection;
  readonly search: DetailsSearch;
  readonly change: (changed: { readonly [Key in keyof DetailsSearch]?: DetailsSearch[Key] | undefined }, kind?: 'step' | 'typing') => void;
}

/** One tab of the details page. */
export interface Panel {
  readonly id: TabId;
  readonly title: string;
  /** The number beside the title, for the selection; undefined where it is not known. */
  readonly count: (report: Report, selection: PanelSelection) => number | undefined;
  readonly View: ComponentType<PanelProps>;
}
