import path from 'node:path';
import { layerCacheUsage, pruneLayerCache } from '@plimsoll/core';
import { bytesText, countText } from '../../output/text.ts';
import type { CommandContext, CommandResult } from '../../types.ts';

/** What the layer cache holds. */
export async function cacheUsage({ environment }: CommandContext): Promise<CommandResult> {
  const folder = path.join(environment.cacheDir, 'layers');
  const usage = await layerCacheUsage(folder);
  return { json: { folder, ...usage }, table: () => `${countText(usage.layers, 'layer')}, ${bytesText(usage.bytes)} in ${folder}` };
}

/** Empties it; layers are read again when they are needed. */
export async function pruneCache({ environment }: CommandContext): Promise<CommandResult> {
  const freed = await pruneLayerCache(path.join(environment.cacheDir, 'layers'));
  return { json: { freed }, table: () => `removed ${countText(freed.layers, 'layer')}, ${bytesText(freed.bytes)}` };
}
