import type { BaseAdvice, Candidate } from '@plimsoll/model';
import { assessImage, hintsOf } from '../../assess-image.ts';
import type { Style } from '../../output/style.ts';
import { ageText, bytesText, printable } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

interface Options extends ImageOptions {
  readonly onlyRefresh?: boolean;
  readonly onlyUpdate?: boolean;
  readonly tag?: string;
}

/** What could be done: this image's own tag, a newer base of the same tag, another base. */
export async function recommendations(input: string, options: Options, use: CommandContext): Promise<CommandResult> {
  const report = await assessImage(input, options, use);
  const { image, bases } = report.recommendations;
  const chosen =
    options.tag === undefined ? bases[0] : bases.find(({ current }) => current.tag === options.tag || current.name === options.tag);
  const refresh = options.onlyUpdate ? [] : (chosen?.refresh ?? []);
  const change = options.onlyRefresh ? [] : (chosen?.change ?? []);
  const now = use.context.now();
  return {
    json: { image: { ...report.inventory.image, advice: image }, refresh, change, plan: [], bases },
    hints: hintsOf(report),
    table(style) {
      const lines = [style.bold(printable(report.inventory.image.name)), `  this image: ${image.reason}`];
      for (const command of image.commands) lines.push(`    ${printable(command)}`);
      if (!chosen) return [...lines, '', 'The base image is unknown: nothing can be said about it.'].join('\n');
      lines.push('', `Base image is ${style.bold(printable(chosen.current.name))}`, ...factLines(chosen, now, style), `  ${chosen.reason}`);
      if (!options.onlyUpdate)
        lines.push(
          '',
          style.bold('Refresh base image'),
          ...candidateLines(refresh, '✓ This image version is up to date, as far as is known.', now, style, chosen),
        );
      if (!options.onlyRefresh)
        lines.push(
          '',
          style.bold('Change base image'),
          ...candidateLines(change, '✓ There are no tag recommendations at this time.', now, style, chosen),
        );
      return lines.join('\n');
    },
  };
}

function factLines({ current }: BaseAdvice, now: Date, style: Style): readonly string[] {
  const facts = [
    `built ${ageText(current.created, now)}`,
    ...(current.size === undefined ? [] : [bytesText(current.size)]),
    ...(current.packages === undefined ? [] : [`${current.packages} packages`]),
    ...(current.os === undefined ? [] : [current.os]),
  ];
  const also = current.aliases.length > 0 ? [`  also ${printable(current.aliases.join(', '))}`] : [];
  return [`  ${printable(facts.join(' · '))}`, `  ${current.counts ? style.counts(current.counts) : 'vulnerabilities unknown'}`, ...also];
}

function candidateLines(candidates: readonly Candidate[], none: string, now: Date, style: Style, { state }: BaseAdvice): readonly string[] {
  if (candidates.length === 0) return [state === 'unknown' ? '  Cannot tell.' : `  ${none}`];
  return candidates.flatMap((candidate) => [
    '',
    `  ${style.bold(printable(candidate.name))}  ${style.dim(`built ${ageText(candidate.created, now)}`)}  ${candidate.counts ? style.counts(candidate.counts) : 'vulnerabilities unknown'}`,
    `    ${candidate.why}${candidate.difference ? `  (${style.difference(candidate.difference)})` : ''}`,
    ...(candidate.aliases.length > 0 ? [style.dim(`    also ${printable(candidate.aliases.join(', '))}`)] : []),
    ...candidate.benefits.map((text) => `    ${style.good('+')} ${printable(text)}`),
    ...candidate.disadvantages.map((text) => `    ${style.severity('high', '–')} ${printable(text)}`),
    `    ${style.accent(printable(candidate.dockerfile))}`,
  ]);
}
