import { countSeverities, type Match, type Report } from '@plimsoll/model';
import { assessImage, isCovered, updateHint } from '../../assess-image.ts';
import { withKnownLayer } from '../../select.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';
import { type CveFilter, filterMatches } from './filter.ts';
import { matchesTable } from './table.ts';

/** Options of `cves`. */
export interface CveOptions extends ImageOptions, CveFilter {
  readonly locations?: boolean;
  readonly details?: boolean;
  readonly exitCode?: boolean;
}

/** Vulnerabilities by package, worst first. */
export async function cves(input: string, options: CveOptions, use: CommandContext): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const matches = filterMatches(report, options);
  const counts = countSeverities(openOf(matches));
  return {
    json: {
      image: report.inventory.image,
      counts,
      matches: matches.map(withKnownLayer),
      advisories: report.advisories,
      coverage: report.coverage,
    },
    report: {
      ...report,
      matches,
      counts,
      exploited: openOf(matches).filter(({ kev }) => kev).length,
      fixable: openOf(matches).filter(({ fixedIn }) => fixedIn !== undefined).length,
    },
    ...(options.exitCode && judge(report, matches)),
    hints: updateHint(report),
    table: (style) => matchesTable(report, matches, options, style),
  };
}

/** Whether anything is left. Where nothing could be matched that is unknown, and a gate that opened then would be worth nothing. */
function judge(report: Report, matches: readonly Match[]): Pick<CommandResult, 'exitCode' | 'faults'> {
  if (openOf(matches).length > 0) return { exitCode: 2 };
  if (isCovered(report)) return { exitCode: 0 };
  const fault = 'ADVISORIES_MISSING: whether vulnerabilities are left cannot be told, no advisories are loaded';
  return { exitCode: 1, faults: [fault, '  Try: plimsoll advisories update'] };
}

function openOf(matches: readonly Match[]): readonly Match[] {
  return matches.filter(({ suppressed }) => !suppressed);
}
