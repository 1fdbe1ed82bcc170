import { AppError, connectEngine, parseReference, pullImage, readCredentials } from '@plimsoll/core';
import { familiarName } from '@plimsoll/model';
import { printable } from '../../output/text.ts';
import type { CommandContext, CommandResult } from '../../types.ts';

/** Pulls what a tag points to now into the container engine of this machine, and removes the old image where that is asked for. */
export async function pull(
  input: string,
  { removeOld = false }: { readonly removeOld?: boolean },
  { context }: CommandContext,
): Promise<CommandResult> {
  const { digest, tag = 'latest', ...place } = parseReference(input);
  if (digest) throw new AppError('USAGE', 'a digest never points to anything newer', { hint: 'name a tag' });
  const name = familiarName({ ...place, tag });
  const engine = await connectEngine(context);
  if (!engine) throw new AppError('ENGINE_UNREACHABLE', 'no container engine was found on this machine', { hint: 'set DOCKER_HOST' });
  const login = (await readCredentials(place.registry, context))?.basic;
  const result = await pullImage(engine, { name, removeOld, ...(login !== undefined && { login }) }, context);
  return { json: { image: name, engine: engine.name, ...result }, table: () => describe(name, result) };
}

function describe(name: string, { changed, removed, kept }: Awaited<ReturnType<typeof pullImage>>): string {
  const first = changed ? `pulled a newer ${name}` : `${name} is up to date`;
  return printable(`${first}${removed ? '; the old image is removed' : kept === undefined ? '' : `; the old image is kept: ${kept}`}`);
}
