import { platformName, type SeverityCounts, shortDigest } from '@plimsoll/model';
import { assessImage, hintsOf, isCovered } from '../../assess-image.ts';
import { createTable } from '../../output/table.ts';
import { bytesText, clip } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

/** Target, its base, and what the base could be, each with its counts. */
export async function quickview(input: string, options: ImageOptions, use: CommandContext): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const { image, packages } = report.inventory;
  const [advice] = report.recommendations.bases;
  const base = report.hierarchy.findLast(({ self }) => !self);
  const refreshed = advice?.refresh[0];
  const changed = advice?.change[0];
  return {
    json: {
      image,
      packages: packages.length,
      counts: report.counts,
      exploited: report.exploited,
      fixable: report.fixable,
      base: advice?.current ?? null,
      baseCounts: base?.counts ?? null,
      refreshed: refreshed ?? null,
      changed: changed ?? null,
      coverage: report.coverage,
    },
    hints: hintsOf(report),
    table(style) {
      const counts = (found: SeverityCounts | undefined) => (found && isCovered(report) ? style.counts(found) : 'unknown');
      const rows: string[][] = [
        ['Target', clip(image.name, 36), counts(report.counts)],
        ['  digest', shortDigest(image.digest), ''],
        ['  platform', platformName(image.platform), ''],
        ['  size', bytesText(image.size), ''],
        ['  packages', String(packages.length), ''],
        ['Base image', base ? clip(base.candidates[0] ?? '', 36) : 'unknown', base ? counts(advice?.current.counts ?? base.counts) : ''],
      ];
      for (const [title, candidate] of [
        ['Refreshed base image', refreshed],
        ['Changed base image', changed],
      ] as const) {
        if (!candidate) continue;
        rows.push([title, clip(candidate.name, 36), counts(candidate.counts)]);
        if (candidate.difference) rows.push(['', '', style.difference(candidate.difference)]);
      }
      const summary = isCovered(report) ? [`${report.exploited} known exploited, ${report.fixable} can be fixed`] : [];
      return [createTable(['', '', ''], rows).split('\n').slice(1).join('\n'), '', ...summary].join('\n');
    },
  };
}
