import type { Package } from '@plimsoll/model';
import { assessImage } from '../../assess-image.ts';
import { createTable } from '../../output/table.ts';
import { clip, printable } from '../../output/text.ts';
import { ownerOfLayer, parseLayers, splitList } from '../../select.ts';
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
    json: { image, ...(distro && { distro }), packages: chosen, hidden: gone, coverage },
    hints: coverage.gaps,
    table(style) {
      const rows = chosen.map((item) => [
        clip(item.name, 32),
        clip(item.version, 26),
        item.type,
        `${item.introducedIn} ${style.dim(clip(ownerOfLayer(report, item.introducedIn), 20))}`,
      ]);
      const shown = createTable(['package', 'version', 'type', 'layer'], rows);
      const lines = [style.bold(printable(image.name)), '', shown, '', `${chosen.length} packages`];
      if (options.hidden) {
        const old = gone.map((item) => [
          clip(item.name, 32),
          clip(item.version, 26),
          String(item.introducedIn),
          String(item.hiddenBy),
          clip(item.replacedBy ?? 'removed', 20),
        ]);
        lines.push(
          '',
          style.bold('Shipped but hidden'),
          '',
          createTable(['package', 'version', 'layer', 'hidden by', 'now'], old),
          '',
          `${gone.length} hidden packages`,
        );
      }
      return lines.join('\n');
    },
  };
}
