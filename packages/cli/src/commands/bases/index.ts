import { AppError, parsePlatform, parseReference, type SyncResult } from '@plimsoll/core';
import { familiarName, platformName } from '@plimsoll/model';
import { indexed } from '../../assess-image.ts';
import { createTable } from '../../output/table.ts';
import { ageText, countText, printable, wrap } from '../../output/text.ts';
import type { CommandContext, CommandResult, ImageOptions } from '../../types.ts';

interface AddOptions {
  /** Globs. */
  readonly tags?: readonly string[];
  readonly platform?: readonly string[];
}

/** Adds a repository, folder or archive to the base index, and follows it from now on. */
export async function addBases(input: string, options: AddOptions, { workspace, context }: CommandContext): Promise<CommandResult> {
  const platforms = options.platform?.flatMap((text) => text.split(',')).map(parsePlatform);
  const wanted = { ...(options.tags && { tags: options.tags }), ...(platforms && { platforms }) };
  const results = await workspace.syncBases(input, wanted, context);
  const images = results.reduce((total, result) => total + result.images, 0);
  const repositories = [...new Set(results.flatMap((result) => result.repositories))];
  const faults = images === 0 ? [`${input} holds no image that could be added`, ...faultsOf(results)] : faultsOf(results);
  return {
    json: { images, repositories, results },
    faults,
    exitCode: faults.length > 0 ? 1 : 0,
    table: () =>
      images === 0 ? '' : wrap(`added ${countText(images, 'image')} of ${repositories.join(', ')}`, { first: '', indent: '  ' }).join('\n'),
  };
}

/** Looks what has changed in the repositories that are followed, or in some of them. */
export async function syncBases(names: readonly string[], { workspace, context }: CommandContext): Promise<CommandResult> {
  const places = names.map((name) =>
    followed(
      name,
      workspace.bases.followed().map(({ input }) => input),
    ),
  );
  const results: SyncResult[] = [];
  for (const place of places.length > 0 ? places : [undefined]) results.push(...(await workspace.syncBases(place, {}, context)));
  const faults = faultsOf(results);
  return {
    json: { results },
    faults,
    exitCode: faults.length > 0 ? 1 : 0,
    table: () =>
      createTable(
        ['repository', 'tags', 'changed', 'gone', 'images'],
        results.map(({ input, tags, changed, gone, images }) => [input, ...[tags, changed, gone, images].map(String)]),
        { right: [1, 2, 3, 4], flex: [0] },
      ),
  };
}

/** What the base index knows; with `repositories` what it follows. */
export async function listBases(
  options: { readonly repositories?: boolean },
  { workspace, context }: CommandContext,
): Promise<CommandResult> {
  if (options.repositories) return listFollowed({ workspace, context });
  const bases = workspace.bases.list();
  return {
    json: { bases },
    table: () =>
      createTable(
        ['image', 'platform', 'built', 'layers', 'origin'],
        bases.map(({ name, platform, created, layerCount, origin, superseded, gone }) => [
          name,
          platformName(platform),
          created ? ageText(created, context.now()) : '–',
          String(layerCount),
          `${origin}${gone ? ', gone' : superseded ? ', moved on' : ''}`,
        ]),
        { right: [3], flex: [0] },
      ),
  };
}

/** Forgets a repository. */
export async function removeBases(repository: string, { workspace }: CommandContext): Promise<CommandResult> {
  const isFollowed = workspace.bases.followed().some(({ input }) => input === repository);
  const removed = workspace.bases.remove(repository);
  if (removed === 0 && !isFollowed)
    throw new AppError('IMAGE_NOT_FOUND', `the base index has no repository ${repository}`, { hint: 'see plimsoll bases list' });
  return { json: { removed }, table: () => `removed ${countText(removed, 'image')} of ${printable(repository)}` };
}

/** Writes the base index to a file. */
export async function exportBases(file: string, { workspace, context }: CommandContext): Promise<CommandResult> {
  const result = await workspace.exportBases(file, context);
  return { json: result, table: () => `exported ${countText(result.records, 'image')} to ${printable(file)}` };
}

/** Merges such a file into the base index. */
export async function importBases(file: string, { workspace, context }: CommandContext): Promise<CommandResult> {
  const result = await workspace.importBases(file, context);
  const faults = result.skipped > 0 ? [`${countText(result.skipped, 'line')} of ${file} could not be read`] : [];
  return { json: result, faults, table: () => `imported ${countText(result.records, 'image')} from ${printable(file)}` };
}

function listFollowed({ workspace, context }: Pick<CommandContext, 'workspace' | 'context'>): CommandResult {
  const repositories = workspace.bases.followed();
  return {
    json: { repositories },
    table: () =>
      createTable(
        ['repository', 'tags', 'platforms', 'synced', 'state'],
        repositories.map(({ input, tags, platforms, synced, state, error }) => [
          input,
          tags.join(',') || 'all',
          platforms.map(platformName).join(',') || 'all',
          synced ? ageText(synced, context.now()) : '–',
          error ? `${state}: ${error}` : state,
        ]),
        { flex: [0, 4] },
      ),
  };
}

function faultsOf(results: readonly SyncResult[]): readonly string[] {
  return results.flatMap(({ input, error }) => (error === undefined ? [] : [`${input}: ${error}`]));
}

/** A followed place under the name it is kept by. */
function followed(name: string, places: readonly string[]): string {
  const found = places.find((place) => place === name) ?? places.find((place) => place === familiar(name));
  if (found !== undefined) return found;
  throw new AppError('IMAGE_NOT_FOUND', `${name} is not followed`, { hint: `add it with plimsoll bases add ${name}` });
}

function familiar(name: string): string | undefined {
  try {
    const { registry, repository } = parseReference(name);
    return familiarName({ registry, repository });
  } catch {
    return undefined;
  }
}

/** Says which base an image has, or takes that back. */
export async function pinBase(input: string, name: string | undefined, options: ImageOptions, use: CommandContext): Promise<CommandResult> {
  const { image } = await indexed(input, options, use);
  use.workspace.pinBase(image.digest, name);
  const text = name === undefined ? `${image.name} has the base that is found by evidence` : `${image.name} has the base ${name}`;
  return { json: { image: image.name, base: name ?? null }, table: () => printable(text) };
}
