import type { Package } from '@plimsoll/model';
import { assessImage } from '../../assess-image.ts';
import { createTable } from '../../output/table.ts';
import { clip, countText, WIDTH } from '../../output/text.ts';
import { layerText, ownerOfLayer, parseLayers, splitList, withKnownLayer } from '../../select.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

/** Packages with the layer that brought each. */
export async function packages(
  input: string,
  options: ImageOptions & { readonly layer?: string; readonly type?: readonly string[]; readonly hidden?: boolean },
  use: CommandContext,
): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const { image, packages: all, hidden, distro, coverage } = report.inventory;
  const layers = parseLayers(options.layer, report);
  const types = splitList(options.type);
  const wanted = (item: Pick<Package, 'type' | 'introducedIn'>) =>
    (!layers || layers.has(item.introducedIn)) && (!types || types.includes(item.type));
  const chosen = all.filter(wanted);
  const gone = hidden.filter(wanted);
  return {
    json: { image, ...(distro && { distro }), packages: chosen.map(withKnownLayer), hidden: gone, coverage },
    hints: coverage.gaps,
    table(style) {
      const rows = chosen.map(({ name, version, type, licenses, introducedIn }) => [
        name,
        version,
        type,
        licenses.join(', '),
        layerText(introducedIn),
        introducedIn < 0 ? '' : ownerOfLayer(report, introducedIn),
      ]);
      const shown = createTable(['package', 'version', 'type', 'licence', 'layer', ''], rows, { right: [4], flex: [0, 1, 3, 5] });
      const lines = [
        style.bold(clip(image.name, WIDTH)),
        '',
        ...(rows.length > 0 ? [shown, ''] : []),
        all.length === 0 ? 'No packages were identified.' : countText(rows.length, 'package'),
      ];
      if (options.hidden) {
        const old = gone.map(({ name, version, introducedIn, hiddenBy, replacedBy }) => [
          name,
          version,
          String(introducedIn),
          String(hiddenBy),
          replacedBy ?? 'removed',
        ]);
        const hiddenTable = createTable(['package', 'version', 'layer', 'hidden by', 'now'], old, { right: [2, 3], flex: [0, 1, 4] });
        lines.push(
          '',
          style.bold('Shipped but hidden'),
          '',
          ...(old.length > 0 ? [hiddenTable, ''] : []),
          countText(old.length, 'hidden package'),
        );
      }
      return lines.join('\n');
    },
  };
}
