import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Context, Workspace } from '@plimsoll/core';
import { sampleAdvisoryFiles, sampleDate } from './advisory-files.ts';
import { writeFleet } from './write-fleet.ts';

/**
 * Writes the sample's images and advisories below the folder and takes them into the workspace, oldest first so that tags move. The advisories bear
 * the date of their facts, not today's.
 */
export async function fillSample(workspace: Workspace, folder: string, context: Context): Promise<void> {
  const advisories = path.join(folder, 'advisories');
  for (const { name, text } of sampleAdvisoryFiles()) {
    const file = path.join(advisories, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const results = await workspace.updateAdvisories({ from: advisories, sample: true }, { ...context, now: () => new Date(sampleDate) });
  const failed = results.find(({ state }) => state === 'failed');
  if (failed) throw new Error(`the sample's advisories of ${failed.source}: ${failed.error}`);
  for (const { layout, ref } of await writeFleet(path.join(folder, 'images'))) {
    await workspace.index(`oci-dir://${layout}`, { ref }, context);
  }
}
