import { assessImage, hintsOf, isCovered } from '../../assess-image.ts';
import { ageText, printable } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

/** The chain of base images with the evidence for each. */
export async function hierarchy(input: string, options: ImageOptions, use: CommandContext): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const now = use.context.now();
  return {
    json: { hierarchy: report.hierarchy },
    hints:
      report.hierarchy.length === 1
        ? [...hintsOf(report), 'no base is known: add images that may be it with plimsoll bases add']
        : hintsOf(report),
    table(style) {
      const covered = isCovered(report);
      const lines = report.hierarchy.flatMap((link, position) => {
        const [name = '', ...others] = link.candidates;
        const [first, last] = link.layers;
        const mark = position === report.hierarchy.length - 1 ? '└' : '├';
        const stem = position === report.hierarchy.length - 1 ? ' ' : '│';
        const update = link.outdated && link.latest ? style.good(`  ↑ newer image, built ${ageText(link.latest.created, now)}`) : '';
        const range = first > last ? 'no layers known' : first === last ? `layer ${first}` : `layers ${first}–${last}`;
        return [
          `${mark} ${style.bold(printable(name))}${link.self ? ' (this image)' : ''}${update}`,
          `${stem}   ${range} · built ${ageText(link.current?.created, now)} · ${link.self ? '' : `${link.confidence} · `}${covered ? style.counts(link.counts) : 'vulnerabilities unknown'}`,
          ...(link.self ? [] : link.evidence.map(({ detector, detail }) => style.dim(`${stem}   ${detector}: ${printable(detail)}`))),
          ...(others.length > 0 ? [style.dim(`${stem}   or: ${printable(others.join(', '))}`)] : []),
        ];
      });
      const unknown = report.hierarchy.length === 1 ? ['', 'The base image is unknown.'] : [];
      return [...lines, ...unknown].join('\n');
    },
  };
}
