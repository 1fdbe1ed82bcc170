import type { BaseImage, Report } from '@plimsoll/model';
import { assessImage, hintsOf, isCovered } from '../../assess-image.ts';
import type { Style } from '../../output/style.ts';
import { ageText, clip, flow, WIDTH, wrap } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

const TO_ADD = 'no base is known: add images that may be it with plimsoll bases add';

/** The chain of base images with the evidence for each. */
export async function hierarchy(input: string, options: ImageOptions, use: CommandContext): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const isAlone = report.hierarchy.length === 1;
  return {
    json: { hierarchy: report.hierarchy },
    hints: isAlone ? [...hintsOf(report), TO_ADD] : hintsOf(report),
    table(style) {
      const lines = report.hierarchy.flatMap((link) => linkLines(link, report, use.context.now(), style));
      return [...lines, ...(isAlone ? ['', 'The base image is unknown.'] : [])].join('\n');
    },
  };
}

function linkLines(link: BaseImage, report: Report, now: Date, style: Style): readonly string[] {
  const [name = '', ...others] = link.candidates;
  const stem = link.self ? '    ' : '│   ';
  const covered = isCovered(report);
  const update = link.outdated && link.latest ? [style.good(`↑ newer image, built ${ageText(link.latest.created, now)}`)] : [];
  const facts = [
    rangeText(link.layers),
    ...(link.current?.created ? [`built ${ageText(link.current.created, now)}`] : []),
    ...(link.self ? [] : [link.confidence]),
    ...(link.pinned ? ['pinned'] : []),
    covered ? countsOf(link, report, style) : 'vulnerabilities unknown',
  ];
  return [
    ...flow([style.bold(clip(name, WIDTH - 20)), ...(link.self ? ['(this image)'] : []), ...update], {
      first: link.self ? '└ ' : '├ ',
      indent: stem,
    }),
    ...flow(facts, { first: stem, indent: stem, gap: ' · ' }),
    ...(covered && link.outdated && link.latestCounts ? [`${stem}after the update: ${style.counts(link.latestCounts)}`] : []),
    ...(link.self ? [] : link.evidence.flatMap(({ detector, detail }) => dimmed(`${detector}: ${detail}`, stem, style))),
    ...(others.length > 0 ? dimmed(`or: ${others.join(', ')}`, stem, style) : []),
  ];
}

function rangeText([first, last]: BaseImage['layers']): string {
  if (first > last) return 'no layers of its own';
  return first === last ? `layer ${first}` : `layers ${first}–${last}`;
}

function countsOf({ counts }: BaseImage, { hierarchy: chain }: Report, style: Style): string {
  return style.counts(
    counts,
    chain.map((link) => link.counts),
  );
}

function dimmed(text: string, stem: string, style: Style): readonly string[] {
  return wrap(text, { first: stem, indent: `${stem}  ` }).map(style.dim);
}
