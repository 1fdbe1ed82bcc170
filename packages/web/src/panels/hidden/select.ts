import { countSeverities, type HiddenFile, type HiddenPackage, type Report, type SeverityCounts } from '@plimsoll/model';
import type { PanelSelection } from '../types.ts';

/** What is hidden, for a selection. */
export interface Hidden {
  readonly packages: readonly { readonly found: HiddenPackage; readonly counts: SeverityCounts }[];
  /** Largest first. */
  readonly files: readonly HiddenFile[];
}

/** Hidden packages and files that the selected layers ship. */
export function select(report: Report, selection: PanelSelection, search: { readonly q?: string }): Hidden {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const matches = Map.groupBy(report.hiddenMatches, ({ packageId }): string => packageId);
  return {
    packages: report.inventory.hidden
      .filter((found) => selection.has(found.introducedIn) && fits(`${found.name} ${found.version}`))
      .map((found) => ({ found, counts: countSeverities(matches.get(found.id) ?? []) })),
    files: report.inventory.files.hidden.filter((file) => selection.has(file.layer) && fits(file.path)),
  };
}
