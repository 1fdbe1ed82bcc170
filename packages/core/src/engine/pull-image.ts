import type { Context } from '../util/context.ts';
import { AppError } from '../util/errors.ts';
import type { Engine, PullResult } from './types.ts';

/**
 * Pulls what a name points to now. Where `removeOld` is asked for, the image it pointed to before is removed, but only after the pull
 * succeeded, and only where neither a container nor another name uses it. A pull that fails leaves name and old image as they are.
 * Throws `ENGINE_PULL_FAILED`, `ENGINE_UNREACHABLE`, `CANCELLED`.
 */
export async function pullImage(
  engine: Engine,
  { name, removeOld, login }: { readonly name: string; readonly removeOld: boolean; readonly login?: string },
  context: Context,
): Promise<PullResult> {
  const before = await engine.findImage(name, context);
  await engine.pull(name, { ...(login !== undefined && { login }) }, context);
  const after = await engine.findImage(name, context);
  if (!after) throw new AppError('ENGINE_PULL_FAILED', `the engine has no ${name} after it was pulled`, { hint: 'try again' });
  const changed = before?.id !== after.id;
  if (!removeOld || !before || !changed) return { changed, removed: false };
  context.progress({ step: 'removing the old image' });
  const kept = await removeUnused(engine, before.id, context);
  return { changed, removed: kept === undefined, ...(kept !== undefined && { kept }) };
}

/** Why it was kept; undefined where it is gone. */
async function removeUnused(engine: Engine, id: string, context: Context): Promise<string | undefined> {
  const old = await engine.findImage(id, context);
  if (!old) return undefined;
  const [other] = old.names;
  if (other !== undefined) return `it is also called ${old.names.join(', ')}`;
  const [container, ...more] = await engine.containersOf(id, context);
  if (container) return `the container ${container.name} is made from it${more.length > 0 ? `, and ${more.length} more` : ''}`;
  return engine.removeImage(id, context);
}
