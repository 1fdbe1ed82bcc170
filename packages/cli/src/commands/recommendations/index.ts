import { AppError } from '@plimsoll/core';
import type { BaseAdvice, Candidate } from '@plimsoll/model';
import { assessImage, hintsOf } from '../../assess-image.ts';
import type { Style } from '../../output/style.ts';
import { ageText, bytesText, clip, countText, flow, printable, WIDTH, wrap } from '../../output/text.ts';
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
  const chosen = options.tag === undefined ? bases[0] : findAdvice(options.tag, bases);
  const refresh = options.onlyUpdate ? [] : (chosen?.refresh ?? []);
  const change = options.onlyRefresh ? [] : (chosen?.change ?? []);
  const now = use.context.now();
  return {
    json: { image: { ...report.inventory.image, advice: image }, refresh, change, plan: [], bases },
    hints: hintsOf(report),
    table(style) {
      const lines = [
        style.bold(clip(report.inventory.image.name, WIDTH)),
        ...wrap(image.reason, { first: '  this image: ', indent: '    ' }),
        ...image.commands.map((command) => `    ${style.accent(printable(command))}`),
      ];
      if (!chosen) return [...lines, '', 'The base image is unknown: nothing can be said about it.'].join('\n');
      lines.push('', ...factLines(chosen, now, style));
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

/** The base that a tag, a name or an alias means. */
function findAdvice(tag: string, bases: readonly BaseAdvice[]): BaseAdvice {
  const means = (name: string) => name === tag || name.endsWith(`:${tag}`);
  const found = bases.find(({ current }) => current.tag === tag || [current.name, ...current.aliases].some(means));
  if (found) return found;
  throw new AppError('USAGE', `no base of this image has the tag ${tag}`, {
    hint: bases.length === 0 ? 'no base is known' : `its bases are ${bases.map(({ current }) => current.name).join(', ')}`,
  });
}

function factLines({ current, reason }: BaseAdvice, now: Date, style: Style): readonly string[] {
  const facts = [
    `built ${ageText(current.created, now)}`,
    ...(current.size === undefined ? [] : [bytesText(current.size)]),
    ...(current.packages === undefined ? [] : [countText(current.packages, 'package')]),
    ...(current.os === undefined ? [] : [clip(current.os, WIDTH - 20)]),
    current.counts ? style.counts(current.counts) : 'vulnerabilities unknown',
  ];
  return [
    `Base image is ${style.bold(clip(current.name, WIDTH - 14))}`,
    ...flow(facts, { first: '  ', indent: '  ', gap: ' · ' }),
    ...alsoLines(current.aliases, '  ', style),
    ...wrap(reason, { first: '  ', indent: '  ' }),
  ];
}

function candidateLines(candidates: readonly Candidate[], none: string, now: Date, style: Style, { state }: BaseAdvice): readonly string[] {
  if (candidates.length === 0) return [state === 'unknown' ? '  Cannot tell.' : `  ${none}`];
  return candidates.flatMap((candidate) => [
    '',
    ...flow([style.bold(clip(candidate.name, WIDTH - 20)), ...candidateFacts(candidate, now, style)], {
      first: '  ',
      indent: '    ',
      gap: '  ',
    }),
    ...alsoLines(candidate.aliases, '    ', style),
    ...wrap(candidate.why, { first: '    ', indent: '    ' }),
    ...candidate.benefits.flatMap((text) => wrap(text, { first: `    ${style.good('+')} `, indent: '      ' })),
    ...candidate.disadvantages.flatMap((text) => wrap(text, { first: `    ${style.severity('high', '–')} `, indent: '      ' })),
    // To be copied: never cut or broken.
    `    ${style.accent(printable(candidate.dockerfile))}`,
  ]);
}

function candidateFacts({ created, size, counts, difference }: Candidate, now: Date, style: Style): readonly string[] {
  return [
    style.dim(`built ${ageText(created, now)}`),
    ...(size === undefined ? [] : [style.dim(bytesText(size))]),
    counts ? style.counts(counts) : 'vulnerabilities unknown',
    ...(difference ? [`(${style.difference(difference)})`] : []),
  ];
}

function alsoLines(aliases: readonly string[], indent: string, style: Style): readonly string[] {
  return aliases.length === 0 ? [] : wrap(`also ${aliases.join(', ')}`, { first: indent, indent }).map(style.dim);
}
