import { type BaseImage, countSeverities, type Inventory, type LayerReport, type Match, type SeverityCounts } from '@plimsoll/model';
import type { BaseRecord, HierarchyLink } from '../../base-image/types.ts';
import { countEvents } from './count-events.ts';
import { countMatches, type Matches } from './find-matches.ts';

/** Gives each link of the hierarchy its own share of the matches: those of packages that its layers brought. */
export function attributeToBases(
  links: readonly HierarchyLink[],
  matches: readonly Match[],
  countsOf: (record: BaseRecord) => SeverityCounts | undefined,
): readonly BaseImage[] {
  return links.map(({ record: _, latestRecord, ...link }) => {
    const [first, last] = link.layers;
    // What an SBOM lists is in no layer that is known: it is the image's own.
    const isOwn = (layer: number) => (layer >= first && layer <= last) || (layer < 0 && link.self);
    const counts = countMatches(matches.filter(({ introducedIn }) => isOwn(introducedIn)));
    const latestCounts = latestRecord === undefined ? undefined : countsOf(latestRecord);
    return { ...link, counts, ...(latestCounts && { latestCounts }) };
  });
}

/** What each layer did, empty layers included. */
export function attributeToLayers(inventory: Inventory, links: readonly HierarchyLink[], matches: Matches): readonly LayerReport[] {
  const events = countEvents(inventory);
  const files = new Map(inventory.files.layers.map((layer) => [layer.layer, layer]));
  return inventory.image.layers.map(({ index }) => ({
    layer: index,
    base: baseOf(index, links),
    packages: events.get(index) ?? { added: 0, upgraded: 0, downgraded: 0, removed: 0 },
    added: countMatches(matches.visible.filter((found) => found.introducedIn === index)),
    fixed: countSeverities(matches.fixed.filter((found) => found.layer === index)),
    wastedBytes: files.get(index)?.wastedBytes ?? 0,
    hidesBytes: files.get(index)?.hidesBytes ?? 0,
  }));
}

function baseOf(layer: number, links: readonly HierarchyLink[]): number {
  const position = links.findIndex(({ layers: [first, last] }) => layer >= first && layer <= last);
  return position === -1 ? links.length - 1 : position;
}
