import { AppError } from '@plimsoll/core';
import { platformName } from '@plimsoll/model';
import { createTable } from '../../output/table.ts';
import { ageText, countText, printable, wrap } from '../../output/text.ts';
import type { CommandContext, CommandResult } from '../../types.ts';

/** Adds a repository, folder or archive to the base index. */
export async function addBases(input: string, { workspace, context }: CommandContext): Promise<CommandResult> {
  const result = await workspace.addBases(input, context);
  return {
    json: result,
    faults: result.images === 0 ? [`${input} holds no image that could be added`] : [],
    exitCode: result.images === 0 ? 1 : 0,
    table: () =>
      result.images === 0
        ? ''
        : wrap(`added ${countText(result.images, 'image')} of ${result.repositories.join(', ')}`, { first: '', indent: '  ' }).join('\n'),
  };
}

/** What the base index knows. */
export async function listBases({ workspace, context }: CommandContext): Promise<CommandResult> {
  const bases = workspace.bases.list();
  return {
    json: { bases },
    table: () =>
      createTable(
        ['image', 'platform', 'built', 'layers', 'origin'],
        bases.map(({ name, platform, created, layerCount, origin }) => [
          name,
          platformName(platform),
          created ? ageText(created, context.now()) : '–',
          String(layerCount),
          origin,
        ]),
        { right: [3], flex: [0] },
      ),
  };
}

/** Forgets a repository. */
export async function removeBases(repository: string, { workspace }: CommandContext): Promise<CommandResult> {
  const removed = workspace.bases.remove(repository);
  if (removed === 0)
    throw new AppError('IMAGE_NOT_FOUND', `the base index has no repository ${repository}`, { hint: 'see plimsoll bases list' });
  return { json: { removed }, table: () => `removed ${countText(removed, 'image')} of ${printable(repository)}` };
}
