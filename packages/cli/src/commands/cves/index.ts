import { countSeverities, type Match, type Report, severityRank } from '@plimsoll/model';
import { assessImage, hintsOf, isCovered } from '../../assess-image.ts';
import type { Style } from '../../output/style.ts';
import { clip, printable } from '../../output/text.ts';
import { ownerOfLayer } from '../../select.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';
import { type CveFilter, filterMatches } from './filter.ts';

interface CveOptions extends ImageOptions, CveFilter {
  readonly locations?: boolean;
  readonly details?: boolean;
  readonly exitCode?: boolean;
}

/** Vulnerabilities by package, worst first. */
export async function cves(input: string, options: CveOptions, use: CommandContext): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const matches = filterMatches(report, options);
  const open = matches.filter(({ suppressed }) => !suppressed);
  return {
    json: {
      image: report.inventory.image,
      counts: countSeverities(open),
      matches,
      advisories: report.advisories,
      coverage: report.coverage,
    },
    report: { ...report, matches },
    exitCode: options.exitCode && open.length > 0 ? 2 : 0,
    hints: hintsOf(report),
    table(style) {
      const groups = groupByPackage(matches);
      const lines = groups.flatMap((group) => [...packageLines(group, report, options, style), '']);
      const covered = isCovered(report);
      const total =
        covered || open.length > 0
          ? `${style.counts(countSeverities(open))}   ${open.length} vulnerabilities in ${groups.length} packages`
          : 'Vulnerabilities are unknown: no advisories are loaded.';
      return [style.bold(printable(report.inventory.image.name)), '', ...lines, total].join('\n');
    },
  };
}

/** Groups by worst severity, then count, then name, as the page does. */
function groupByPackage(matches: readonly Match[]): readonly (readonly Match[])[] {
  const worst = (group: readonly Match[]) => Math.min(...group.map(({ severity }) => severityRank(severity)));
  return [...Map.groupBy(matches, ({ packageId }) => packageId).values()].sort(
    (a, b) => worst(a) - worst(b) || b.length - a.length || ((a[0]?.packageId ?? '') < (b[0]?.packageId ?? '') ? -1 : 1),
  );
}

function packageLines(group: readonly Match[], report: Report, options: CveOptions, style: Style): readonly string[] {
  const [first] = group as readonly [Match, ...Match[]];
  const found = report.inventory.packages.find(({ id }) => id === first.packageId);
  const title = `${style.bold(printable(found?.name ?? first.package))} ${printable(found?.version ?? '')}`;
  const place = `${found?.type ?? ''} · layer ${first.introducedIn} · ${ownerOfLayer(report, first.introducedIn)}`;
  const lines = [`${title}  ${style.dim(clip(place, 40))}`];
  if (options.locations)
    for (const { path, layer } of found?.evidence ?? []) lines.push(style.dim(`  layer ${layer}: /${printable(path)}`));
  for (const match of group) lines.push(...matchLines(match, options, style));
  return lines;
}

function matchLines(match: Match, options: CveOptions, style: Style): readonly string[] {
  const marks = [
    match.cvss ? match.cvss.score.toFixed(1) : '',
    match.kev ? style.severity('critical', 'exploited') : '',
    match.epss ? `EPSS ${(match.epss.score * 100).toFixed(1)} %` : '',
  ].filter(Boolean);
  const fix = match.suppressed
    ? style.dim(`suppressed: ${match.suppressed.reason}`)
    : match.fixedIn
      ? style.good(`fixed in ${printable(match.fixedIn)}`)
      : style.dim(match.status === 'affected' ? 'not fixed' : match.status);
  const severity = style.severity(match.severity, match.severity.toUpperCase().padEnd(11));
  const lines = [`  ${severity} ${printable(match.id).padEnd(19)} ${fix}${marks.length > 0 ? `  ${marks.join('  ')}` : ''}`];
  if (!options.details) return lines;
  const details = [
    `affected range: ${match.how.range} (${match.source} ${match.advisoryId})`,
    ...(match.aliases.length > 0 ? [`also ${match.aliases.join(', ')}`] : []),
    ...match.opinions.map(({ source, severity: word, vector }) => `${source}: ${word}${vector ? ` ${vector}` : ''}`),
    ...(match.summary ? [match.summary] : []),
    ...match.references.slice(0, 3),
  ];
  return [...lines, ...details.map((detail) => style.dim(`      ${printable(detail)}`))];
}
