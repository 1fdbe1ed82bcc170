import { assessImage } from '../../assess-image.ts';
import { printable } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

/** The inventory: as JSON, a plain list, or an SBOM format. */
export async function sbom(input: string, options: ImageOptions, use: CommandContext): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  return {
    json: report.inventory,
    report,
    hints: report.inventory.coverage.gaps,
    table: () => report.inventory.packages.map(({ purl }) => printable(purl)).join('\n'),
  };
}
