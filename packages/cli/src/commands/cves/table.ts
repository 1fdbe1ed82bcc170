import { countSeverities, type Match, type Package, type Report, severityRank } from '@plimsoll/model';
import { gapLines, isCovered } from '../../assess-image.ts';
import type { Style } from '../../output/style.ts';
import { clip, countText, flow, printable, WIDTH, wrap } from '../../output/text.ts';
import { ownerOfLayer } from '../../select.ts';

const DETAIL = ' '.repeat(14);
/** The longest names and versions met are shorter. */
const NAME = 38;

interface TableOptions {
  readonly locations?: boolean;
  readonly details?: boolean;
}

/** Matches by package as the page groups them, with what they come to. */
export function matchesTable(report: Report, matches: readonly Match[], options: TableOptions, style: Style): string {
  const packages = new Map(report.inventory.packages.map((found) => [found.id, found]));
  const groups = groupByPackage(matches);
  return [
    style.bold(clip(report.inventory.image.name, WIDTH)),
    '',
    ...groups.flatMap((group) => [...packageLines(group, packages, report, options, style), '']),
    ...totalLines(report, matches, style),
    ...gapLines(report),
  ].join('\n');
}

/** By worst severity, then count, then name. */
function groupByPackage(matches: readonly Match[]): readonly (readonly Match[])[] {
  const worst = (group: readonly Match[]) => Math.min(...group.map(({ severity }) => severityRank(severity)));
  return [...Map.groupBy(matches, ({ packageId }) => packageId).values()].sort(
    (a, b) => worst(a) - worst(b) || b.length - a.length || ((a[0]?.packageId ?? '') < (b[0]?.packageId ?? '') ? -1 : 1),
  );
}

function totalLines(report: Report, matches: readonly Match[], style: Style): readonly string[] {
  const open = matches.filter(({ suppressed }) => !suppressed);
  if (open.length === 0 && !isCovered(report)) return ['Vulnerabilities are unknown: no advisories are loaded.'];
  const suppressed = matches.length - open.length;
  const count = countText(open.length, 'vulnerability', 'vulnerabilities');
  const packages = countText(new Set(open.map(({ packageId }) => packageId)).size, 'package');
  return [`${style.counts(countSeverities(open))}   ${count} in ${packages}${suppressed > 0 ? `, ${suppressed} suppressed` : ''}`];
}

function packageLines(
  group: readonly Match[],
  packages: ReadonlyMap<string, Package>,
  report: Report,
  options: TableOptions,
  style: Style,
): readonly string[] {
  const [first] = group as readonly [Match, ...Match[]];
  const found = packages.get(first.packageId);
  const layer = first.introducedIn < 0 ? [] : [`layer ${first.introducedIn}`, clip(ownerOfLayer(report, first.introducedIn), NAME)];
  const place = [found?.type ?? '', ...layer].join(' · ');
  const title = [style.bold(clip(found?.name ?? first.package, NAME)), clip(found?.version ?? '', NAME)];
  return [
    ...flow([title.join(' '), style.dim(place)], { indent: '  ', gap: '  ' }),
    ...(options.locations ? (found?.evidence ?? []) : []).map(({ path, layer }) =>
      style.dim(`  ${layer < 0 ? '' : `layer ${layer}: `}/${printable(path)}`),
    ),
    ...group.flatMap((match) => matchLines(match, options, style)),
  ];
}

function matchLines(match: Match, { details }: TableOptions, style: Style): readonly string[] {
  const pieces = [
    `${style.severity(match.severity, match.severity.toUpperCase().padEnd(11))} ${printable(match.id).padEnd(19)}`,
    ...(match.cvss ? [match.cvss.score.toFixed(1).padStart(4)] : []),
    ...(match.kev ? [style.severity('critical', 'exploited')] : []),
    ...(match.epss ? [style.dim(`EPSS ${(match.epss.score * 100).toFixed(1)} %`)] : []),
    fixText(match, style),
  ];
  const { suppressed } = match;
  return [
    ...flow(pieces, { first: '  ', indent: DETAIL, gap: '  ' }),
    ...(suppressed ? wrap(`suppressed: ${suppressed.reason}`, { first: DETAIL, indent: DETAIL }).map(style.dim) : []),
    ...(details ? detailLines(match).map(style.dim) : []),
  ];
}

function fixText({ fixedIn, status, suppressed }: Match, style: Style): string {
  if (suppressed) return style.dim('does not count');
  if (fixedIn !== undefined) return style.good(`fixed in ${clip(fixedIn, NAME)}`);
  return style.dim(status === 'affected' ? 'not fixed' : status.replaceAll('-', ' '));
}

function detailLines(match: Match): readonly string[] {
  const { kev } = match;
  const prose = [
    `affected range: ${match.how.range} (${match.source} ${match.advisoryId})`,
    ...(match.aliases.length > 0 ? [`also ${match.aliases.join(', ')}`] : []),
    ...match.opinions.map(({ source, severity, vector }) => `${source}: ${severity}${vector ? ` ${vector}` : ''}`),
    ...(kev
      ? [`known exploited since ${kev.dateAdded}${kev.dueDate ? `, due ${kev.dueDate}` : ''}${kev.ransomware ? ', ransomware' : ''}`]
      : []),
    ...(match.cwes.length > 0 ? [match.cwes.join(', ')] : []),
    ...[match.description ?? match.summary ?? []].flat(),
  ];
  const links = match.references.slice(0, 3).map((link) => `${DETAIL}${printable(link)}`);
  return [...prose.flatMap((text) => wrap(text, { first: DETAIL, indent: `${DETAIL}  ` })), ...links];
}
