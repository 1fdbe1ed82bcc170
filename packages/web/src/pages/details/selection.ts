import { isOsPackageType, type PackageType, type Report } from '@plimsoll/model';
import type { DetailsSearch } from '../../state/search.ts';

/** What a selection of layers brought, counted from the report. */
export interface Selection {
  /** Chosen layers in order; undefined where everything is shown. */
  readonly layers: readonly number[] | undefined;
  readonly has: (layer: number) => boolean;
}

/** The layers that the address chooses: those named, else those of the base, else all. */
export function selectionOf(report: Report, search: Pick<DetailsSearch, 'base' | 'layers'>): Selection {
  const layers = search.layers ?? layersOfBase(report, search.base);
  if (!layers) return { layers: undefined, has: () => true };
  const chosen = new Set(layers);
  return { layers: [...chosen].sort((a, b) => a - b), has: (layer) => chosen.has(layer) };
}

/** `46 packages added, 3 upgraded · 12 vulnerabilities added, 4 fixed`. */
export function describeSelection(report: Report, { layers }: Selection): string {
  const chosen = new Set(layers ?? []);
  const totals = { added: 0, upgraded: 0, downgraded: 0, removed: 0 };
  for (const { layer, packages } of report.layers) {
    if (!chosen.has(layer)) continue;
    for (const kind of ['added', 'upgraded', 'downgraded', 'removed'] as const) totals[kind] += packages[kind];
  }
  const changes = (['upgraded', 'downgraded', 'removed'] as const).flatMap((kind) => (totals[kind] > 0 ? [`${totals[kind]} ${kind}`] : []));
  const brought = report.matches.filter((match) => !match.suppressed && chosen.has(match.introducedIn)).length;
  const fixed = report.fixedMatches.filter(({ layer }) => chosen.has(layer)).length;
  const packages = [`${totals.added} ${totals.added === 1 ? 'package' : 'packages'} added`, ...changes].join(', ');
  const vulnerabilities = `${brought} ${brought === 1 ? 'vulnerability' : 'vulnerabilities'} added, ${fixed === 0 ? 'none' : fixed} fixed`;
  return `${packages} · ${vulnerabilities}`;
}

/** Whether vulnerabilities can be spoken of at all: where no package found here has advisories, zero means unknown. */
export function isCovered({ advisories, inventory: { packages, distro } }: Report): boolean {
  const loaded = advisories.flatMap(({ records, ecosystems }) => (records > 0 ? ecosystems : []));
  const isLoaded = (type: PackageType) =>
    loaded.some((ecosystem) => {
      const [name = '', release] = ecosystem.split(':');
      if (!isOsPackageType(type)) return name === type;
      if (name !== distro?.id) return false;
      return release === undefined || distro.version === undefined || `${distro.version}.`.startsWith(`${release}.`);
    });
  return [...new Set(packages.map(({ type }) => type))].some(isLoaded);
}

/** The name of the base that brought a layer, or that this image did. */
export function ownerOf(report: Report, layer: number): string {
  const link = report.hierarchy[report.layers.find((found) => found.layer === layer)?.base ?? -1];
  return !link || link.self ? 'this image' : (link.candidates[0] ?? '');
}

/** `layer 3 · debian:11`; an SBOM tells of no layers. */
export function placeText(report: Report, layer: number): string {
  return layer < 0 ? 'layer not known' : `layer ${layer} · ${ownerOf(report, layer)}`;
}

function layersOfBase(report: Report, base: number | undefined): readonly number[] | undefined {
  const link = base === undefined ? undefined : report.hierarchy[base];
  if (!link) return undefined;
  const [first, last] = link.layers;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
}
