import { AppError } from '@plimsoll/core';
import type { ExplainedPackage, Explanation } from '@plimsoll/model';
import { indexed } from '../../assess-image.ts';
import type { Style } from '../../output/style.ts';
import { clip, WIDTH, wrap } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

/** Why a package has a vulnerability, or has not, step by step. */
export async function explain(
  input: string,
  question: { readonly package: string; readonly id: string },
  options: ImageOptions,
  use: CommandContext,
): Promise<CommandResult> {
  if (question.package.trim() === '' || question.id.trim() === '')
    throw new AppError('USAGE', 'name a package and a vulnerability', { hint: 'plimsoll explain debian:12-slim openssl CVE-2024-1234' });
  const inventory = await indexed(input, options, use);
  const explanation = use.workspace.explain(inventory, question, use.context);
  return {
    json: explanation,
    table: (style) => [style.bold(clip(inventory.image.name, WIDTH)), '', ...lines(explanation, style)].join('\n'),
  };
}

function lines(explanation: Explanation, style: Style): readonly string[] {
  const { package: wanted, packages, similar, gaps, knownBy, id, ids } = explanation;
  const others = ids.filter((name) => name !== id);
  const about = [
    ...wrap(others.length > 0 ? `${id}, also ${others.join(', ')}` : id, { first: '', indent: '  ' }),
    ...(knownBy.length > 0 ? wrap(knownBy.join(', '), { first: 'Known to ', indent: '  ' }) : ['No loaded source knows it.']),
    '',
  ];
  if (packages.length > 0) {
    const told = packages.flatMap((item, position) => [...(position > 0 ? [''] : []), ...tell(item, id, style)]);
    return [...about, ...told, ...gaps.flatMap((gap) => ['', ...wrap(gap, { first: 'Not covered: ', indent: '  ' })])];
  }
  return [
    ...about,
    ...wrap(`${wanted} was not found in the image: neither as a package nor as the source of one.`, { first: '', indent: '' }),
    ...(similar.length > 0 ? wrap(similar.join(', '), { first: 'There are ', indent: '  ' }) : []),
  ];
}

function tell({ package: item, verdict, steps }: ExplainedPackage, id: string, style: Style): readonly string[] {
  const marks = { yes: style.bold('✓'), no: style.bold('✗'), note: style.dim('·') };
  const words = {
    affected: `${item.name} has ${id}`,
    suppressed: `${item.name} has ${id}, and it is not counted`,
    'not-affected': `${item.name} does not have ${id}`,
    unknown: `whether ${item.name} has ${id} is unknown`,
  };
  return [
    style.bold(clip(`${item.name} ${item.version}`, WIDTH)),
    ...steps.flatMap(({ outcome, text }) => {
      const [first = '', ...rest] = wrap(text, { first: '    ', indent: '    ' });
      return [`  ${marks[outcome]} ${first.slice(4)}`, ...rest];
    }),
    ...wrap(words[verdict], { first: '  → ', indent: '    ' }),
  ];
}
