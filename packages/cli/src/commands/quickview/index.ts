import { type BaseImage, platformName, type SeverityCounts, severities, shortDigest } from '@plimsoll/model';
import { assessImage, gapLines, isCovered, updateHint } from '../../assess-image.ts';
import { createTable } from '../../output/table.ts';
import { bytesText } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

/** Target, its base, and what the base could be, each with its counts. */
export async function quickview(input: string, options: ImageOptions, use: CommandContext): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const { image, packages } = report.inventory;
  const [advice] = report.recommendations.bases;
  const base = report.hierarchy.findLast(({ self }) => !self);
  const refreshed = advice?.refresh[0];
  const changed = advice?.change[0];
  const brought = base && broughtByBases(report);
  return {
    json: {
      image,
      packages: packages.length,
      counts: report.counts,
      exploited: report.exploited,
      fixable: report.fixable,
      base: advice?.current ?? null,
      baseCounts: brought ?? null,
      refreshed: refreshed ?? null,
      changed: changed ?? null,
      advisories: report.advisories,
      coverage: report.coverage,
    },
    hints: updateHint(report),
    table(style) {
      const shown = [report.counts, advice?.current.counts ?? brought, refreshed?.counts, changed?.counts].filter(
        (found) => found !== undefined,
      );
      const counts = (found: SeverityCounts | undefined) => (found && isCovered(report) ? style.counts(found, shown) : 'unknown');
      const rows: string[][] = [
        ['Target', image.name, counts(report.counts)],
        ['  digest', shortDigest(image.digest), ''],
        ['  platform', platformName(image.platform), ''],
        ['  size', bytesText(image.size), ''],
        ['  packages', packages.length === 0 ? 'none identified' : String(packages.length), ''],
        ['Base image', base?.candidates[0] ?? 'unknown', base ? counts(advice?.current.counts ?? brought) : ''],
      ];
      for (const [title, candidate] of [
        ['Refreshed base image', refreshed],
        ['Changed base image', changed],
      ] as const) {
        if (!candidate) continue;
        rows.push([title, candidate.name, counts(candidate.counts)]);
        if (candidate.difference && isCovered(report)) rows.push(['', '', style.difference(candidate.difference)]);
      }
      const table = createTable(['', '', ''], rows, { flex: [1] })
        .split('\n')
        .slice(1)
        .join('\n');
      const summary = isCovered(report) ? [`${report.exploited} known exploited, ${report.fixable} can be fixed`] : [];
      return [table, '', ...summary, ...gapLines(report)].join('\n').trimEnd();
    },
  };
}

/** What all bases together brought to this image. */
function broughtByBases({ hierarchy }: { readonly hierarchy: readonly BaseImage[] }): SeverityCounts {
  const total: Record<keyof SeverityCounts, number> = { critical: 0, high: 0, medium: 0, low: 0, unspecified: 0 };
  for (const { self, counts } of hierarchy) {
    if (!self) for (const severity of severities) total[severity] += counts[severity];
  }
  return total;
}
