import { AppError } from '@plimsoll/core';
import { instructionOf } from '@plimsoll/model';
import { assessImage, hintsOf, isCovered } from '../../assess-image.ts';
import { createTable } from '../../output/table.ts';
import { bytesText, clip, printable } from '../../output/text.ts';
import { ownerOfLayer, parseLayers } from '../../select.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

/** Layers with their size and what each added and fixed. */
export async function layers(
  input: string,
  options: ImageOptions & { readonly layer?: string; readonly base?: string },
  use: CommandContext,
): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const chosen = parseLayers(options.layer, report);
  const base = options.base === undefined ? undefined : findBase(options.base, report.hierarchy);
  const rows = report.inventory.image.layers
    .map((layer, position) => ({ ...layer, done: report.layers[position] }))
    .filter(({ index, done }) => (!chosen || chosen.has(index)) && (base === undefined || done?.base === base));
  return {
    json: {
      layers: rows.map(({ done, ...layer }) => ({
        ...layer,
        base: ownerOfLayer(report, layer.index),
        packages: done?.packages,
        added: done?.added,
        fixed: done?.fixed,
        wastedBytes: done?.wastedBytes ?? 0,
        hidesBytes: done?.hidesBytes ?? 0,
      })),
    },
    hints: hintsOf(report),
    table(style) {
      const covered = isCovered(report);
      const cells = rows.map(({ index, createdBy, emptyLayer, size, done }) => [
        String(index),
        clip(instructionOf(createdBy) || '(no history)', 34),
        emptyLayer ? '–' : bytesText(size ?? 0),
        done && covered && !emptyLayer ? style.counts(done.added) : '',
        done && covered && sum(done.fixed) > 0
          ? style.good(`fixed ${sum(done.fixed)}`)
          : done && done.hidesBytes > 0
            ? `hides ${bytesText(done.hidesBytes)}`
            : '',
      ]);
      return [
        style.bold(printable(report.inventory.image.name)),
        '',
        createTable(['', 'instruction', 'size', 'added', ''], cells, { right: [0, 2] }),
      ].join('\n');
    },
  };
}

function sum(counts: object): number {
  return Object.values(counts).reduce((total: number, count: number) => total + count, 0);
}

function findBase(name: string, hierarchy: readonly { readonly candidates: readonly string[] }[]): number {
  const position = hierarchy.findIndex(({ candidates }) => candidates.includes(name));
  if (position !== -1) return position;
  throw new AppError('USAGE', `${name} is not in the hierarchy`, {
    hint: `it is ${hierarchy.map(({ candidates }) => candidates[0]).join(' -> ')}`,
  });
}
