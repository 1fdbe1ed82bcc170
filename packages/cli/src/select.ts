import { AppError } from '@plimsoll/core';
import type { Report } from '@plimsoll/model';

/** Layers chosen by `--layer 2,5-7`: throws `USAGE` on what is no layer of the image. Undefined where none is given. */
export function parseLayers(text: string | undefined, report: Report): ReadonlySet<number> | undefined {
  if (text === undefined) return undefined;
  const { layers } = report.inventory.image;
  const chosen = new Set<number>();
  for (const part of text.split(',')) {
    const found = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(part);
    const first = Number(found?.[1]);
    const last = found?.[2] === undefined ? first : Number(found[2]);
    if (!found || first > last || last >= layers.length) {
      throw new AppError('USAGE', `--layer ${text} names no layers of this image`, {
        hint: `write numbers from 0 to ${layers.length - 1}, e.g. 2,5-7`,
      });
    }
    for (let layer = first; layer <= last; layer += 1) chosen.add(layer);
  }
  return chosen;
}

/** Layers that bases brought, this image's own left out. */
export function baseLayers({ hierarchy }: Report): ReadonlySet<number> {
  const layers = new Set<number>();
  for (const {
    self,
    layers: [first, last],
  } of hierarchy) {
    if (!self) for (let layer = first; layer <= last; layer += 1) layers.add(layer);
  }
  return layers;
}

/** Name of the base that brought a layer; undefined where this image did. */
export function nameOfBase(report: Report, layer: number): string | undefined {
  const link = report.hierarchy[report.layers[layer]?.base ?? -1];
  return link === undefined || link.self ? undefined : link.candidates[0];
}

/** Who brought a layer, for a person. */
export function ownerOfLayer(report: Report, layer: number): string {
  return nameOfBase(report, layer) ?? 'this image';
}

/** A list option: `a,b` and repeated use both work. */
export function splitList(values: readonly string[] | undefined): readonly string[] | undefined {
  return values
    ?.flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter(Boolean);
}

/** A layer for people: a dash where it is not known, as of an SBOM. */
export function layerText(layer: number): string {
  return layer < 0 ? '–' : String(layer);
}

/** For JSON: what is not known is absent. */
export function withKnownLayer<Item extends { readonly introducedIn: number }>(item: Item): Item | Omit<Item, 'introducedIn'> {
  if (item.introducedIn >= 0) return item;
  const { introducedIn: _, ...known } = item;
  return known;
}
