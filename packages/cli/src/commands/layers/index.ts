import { AppError } from '@plimsoll/core';
import { instructionOf, type Layer, type LayerReport, type SeverityCounts, totalOf } from '@plimsoll/model';
import { assessImage, hintsOf, isCovered } from '../../assess-image.ts';
import type { Style } from '../../output/style.ts';
import { createTable } from '../../output/table.ts';
import { bytesText, clip, WIDTH } from '../../output/text.ts';
import { nameOfBase, parseLayers } from '../../select.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

interface Row {
  readonly layer: Layer;
  readonly did: LayerReport | undefined;
}

/** Layers with their size and what each added, fixed and wastes. */
export async function layers(
  input: string,
  options: ImageOptions & { readonly layer?: string; readonly base?: string },
  use: CommandContext,
): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const chosen = parseLayers(options.layer, report);
  const base = options.base === undefined ? undefined : findBase(options.base, report.hierarchy);
  const rows = report.inventory.image.layers
    .map((layer, position): Row => ({ layer, did: report.layers[position] }))
    .filter(({ layer, did }) => (!chosen || chosen.has(layer.index)) && (base === undefined || did?.base === base));
  return {
    json: {
      layers: rows.map(({ layer, did }) => {
        const from = nameOfBase(report, layer.index);
        return {
          ...layer,
          ...(from !== undefined && { base: from }),
          packages: did?.packages,
          added: did?.added,
          fixed: did?.fixed,
          wastedBytes: did?.wastedBytes ?? 0,
          hidesBytes: did?.hidesBytes ?? 0,
        };
      }),
    },
    hints: hintsOf(report),
    table: (style) => [style.bold(clip(report.inventory.image.name, WIDTH)), '', rowsTable(rows, isCovered(report), style)].join('\n'),
  };
}

function rowsTable(rows: readonly Row[], covered: boolean, style: Style): string {
  const added = rows.flatMap(({ layer, did }) => (did && !layer.emptyLayer ? [did.added] : []));
  const cells = rows.map(({ layer: { index, createdBy, emptyLayer, size }, did }) => [
    String(index),
    instructionOf(createdBy) || 'no history',
    emptyLayer ? '–' : bytesText(size ?? 0),
    did ? packagesText(did.packages) : '',
    did && !emptyLayer ? (covered ? style.counts(did.added, added) : 'unknown') : '',
    did && covered ? fixedText(did.fixed, style) : '',
    did && did.wastedBytes > 0 ? bytesText(did.wastedBytes) : '',
  ]);
  return createTable(['', 'instruction', 'size', 'packages', 'added', 'fixed', 'wasted'], cells, { right: [0, 2, 5, 6], flex: [1] });
}

/** `+41 ↑3 ↓1 −2`: added, upgraded, downgraded, removed; only what happened. */
function packagesText({ added, upgraded, downgraded, removed }: LayerReport['packages']): string {
  const marks = [`+${added}`, `↑${upgraded}`, `↓${downgraded}`, `−${removed}`];
  return marks.filter((mark) => mark.slice(1) !== '0').join(' ');
}

function fixedText(fixed: SeverityCounts, style: Style): string {
  const total = totalOf(fixed);
  return total === 0 ? '' : style.good(String(total));
}

function findBase(name: string, hierarchy: readonly { readonly candidates: readonly string[] }[]): number {
  const position = hierarchy.findIndex(({ candidates }) => candidates.includes(name));
  if (position !== -1) return position;
  throw new AppError('USAGE', `${name} is not in the hierarchy`, {
    hint: `it is ${hierarchy.map(({ candidates }) => candidates[0]).join(' -> ')}`,
  });
}
