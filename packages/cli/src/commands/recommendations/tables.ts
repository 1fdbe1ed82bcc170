import type { BaseAdvice, Candidate, DockerfileAdvice, PlanAction, Recommendations } from '@plimsoll/model';
import type { Style } from '../../output/style.ts';
import { ageText, bytesText, clip, countText, flow, printable, printableLines, WIDTH, wrap } from '../../output/text.ts';

/** What is known of the base in use. */
export function factLines({ current, reason }: BaseAdvice, now: Date, style: Style): readonly string[] {
  const { created, size, packages, os, runtime, support, counts } = current;
  const facts = [
    `built ${ageText(created, now)}`,
    ...(size === undefined ? [] : [bytesText(size)]),
    ...(packages === undefined ? [] : [countText(packages, 'package')]),
    ...(os === undefined ? [] : [clip(os, WIDTH - 20)]),
    ...(runtime === undefined ? [] : [clip(runtime, WIDTH - 20)]),
    ...(support === undefined
      ? []
      : [`${clip(support.product, 40)} ${support.ended ? 'without support since' : 'supported until'} ${support.ends}`]),
    counts ? style.counts(counts) : 'vulnerabilities unknown',
  ];
  return [
    `Base image is ${style.bold(clip(current.name, WIDTH - 14))}`,
    ...flow(facts, { first: '  ', indent: '  ', gap: ' · ' }),
    ...alsoLines(current.aliases, '  ', style),
    ...wrap(reason, { first: '  ', indent: '  ' }),
  ];
}

/** Candidates, best first, or why there are none. */
export function candidateLines(
  candidates: readonly Candidate[],
  none: string,
  now: Date,
  style: Style,
  { state }: BaseAdvice,
): readonly string[] {
  if (candidates.length === 0) return [state === 'unknown' ? '  Cannot tell.' : `  ${none}`];
  return candidates.flatMap((candidate) => [
    '',
    ...flow([style.bold(clip(candidate.name, WIDTH - 20)), ...candidateFacts(candidate, now, style)], {
      first: '  ',
      indent: '    ',
      gap: '  ',
    }),
    ...alsoLines(candidate.aliases, '    ', style),
    ...predictedLines(candidate, style),
    ...wrap(`${candidate.why} (${candidate.score > 0 ? '+' : ''}${candidate.score})`, { first: '    ', indent: '    ' }),
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

function predictedLines({ simulation }: Candidate, style: Style): readonly string[] {
  if (!simulation) return [];
  const { counts, difference, packages } = simulation;
  const about = packages.estimated > 0 ? `, ${countText(packages.estimated, 'package')} estimated` : '';
  return flow(['your image on it:', style.counts(counts), `(${style.difference(difference)})${about}`], {
    first: '    ',
    indent: '      ',
    gap: '  ',
  });
}

function alsoLines(aliases: readonly string[], indent: string, style: Style): readonly string[] {
  return aliases.length === 0 ? [] : wrap(`also ${aliases.join(', ')}`, { first: indent, indent }).map(style.dim);
}

/** The steps of the plan, with what each takes away. */
export function planLines(plan: readonly PlanAction[], style: Style): readonly string[] {
  if (plan.length === 0) return [];
  return [
    '',
    style.bold('Plan'),
    ...plan.flatMap(({ title, after, removes, adds, packages, dockerfile, commands, estimated }, position) => [
      ...flow([style.bold(clip(title, WIDTH - 30)), '→', style.counts(after), ...(estimated ? ['(about)'] : [])], {
        first: `  ${position + 1}. `,
        indent: '     ',
      }),
      ...flow([`removes ${style.difference(negated(removes))}`, ...(sumOf(adds) > 0 ? [`brings ${style.difference(adds)}`] : [])], {
        first: '     ',
        indent: '     ',
        gap: ', ',
      }),
      ...(packages.length === 0
        ? []
        : wrap(
            packages
              .map(({ name, from, to }) => `${name} ${from}${to === undefined ? '' : ` → ${to}`}`)
              .slice(0, 8)
              .join(', ') + more(packages.length - 8),
            { first: '     ', indent: '     ' },
          )),
      ...[...dockerfile, ...commands].map((line) => `     ${style.accent(printable(line))}`),
    ]),
  ];
}

function more(count: number): string {
  return count > 0 ? ` and ${count} more` : '';
}

function sumOf(counts: PlanAction['adds']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function negated(counts: PlanAction['removes']): PlanAction['removes'] {
  const { critical, high, medium, low, unspecified } = counts;
  return { critical: -critical, high: -high, medium: -medium, low: -low, unspecified: -unspecified };
}

/** What is shipped for nothing, the largest few. */
export function hiddenLines(hidden: Recommendations['hidden'], style: Style): readonly string[] {
  if (hidden.length === 0) return [];
  return [
    '',
    style.bold('Shipped but hidden'),
    ...hidden
      .slice(0, 5)
      .flatMap(({ advice, instruction }) => [
        ...wrap(advice, { first: '  ', indent: '    ' }),
        ...(instruction === undefined ? [] : instruction.split('\n').map((line) => `    ${style.accent(printable(line))}`)),
      ]),
    ...(hidden.length > 5 ? [style.dim(`  and ${hidden.length - 5} more`)] : []),
  ];
}

/** Each line of the Dockerfile with what it brought, and each recommendation as a diff: to be copied, so never cut or broken. */
export function dockerfileLines({ file, lines, changes, notes }: DockerfileAdvice, style: Style): readonly string[] {
  return [
    '',
    style.bold(clip(file, WIDTH)),
    ...notes.flatMap((note) => wrap(note, { first: '  ', indent: '    ' })),
    ...lines
      .filter(({ counts }) => sumOf(counts) > 0)
      .map(
        ({ lines: [first], instruction, layers, counts }) =>
          `  line ${first} ${instruction} (${countText(layers.length, 'layer')}): ${style.counts(counts)}`,
      ),
    ...changes.flatMap(({ title, diff, notes: more }) => [
      '',
      ...wrap(title, { first: '  ', indent: '    ' }).map(style.bold),
      ...more.flatMap((note) => wrap(note, { first: '    ', indent: '      ' })),
      ...(diff === '' ? [] : printableLines(diff).trimEnd().split('\n')),
    ]),
  ];
}
