import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Context, openWorkspace, type Workspace } from '@plimsoll/core';
import { sampleAdvisoryFiles, sampleImages, writeSampleImage } from '@plimsoll/testkit';

/** Where the sample lies unless `PLIMSOLL_DATA_DIR` says otherwise: in the checkout, left out of git. */
export const sampleFolder = fileURLToPath(new URL('../.plimsoll/sample', import.meta.url));

/** Opens the sample's workspace, making the sample where it is not there yet. Nothing is fetched. */
export async function openSample(folder: string, context: Context): Promise<Workspace> {
  const whole = path.join(folder, 'complete');
  if (!existsSync(whole)) {
    for (const part of ['images', 'advisories', 'cache']) rmSync(path.join(folder, part), { recursive: true, force: true });
    for (const database of ['images.db', 'advisories.db']) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(path.join(folder, `${database}${suffix}`), { force: true });
    }
  }
  const workspace = openWorkspace({ dataDir: folder, cacheDir: path.join(folder, 'cache') });
  if (!existsSync(whole)) {
    try {
      await fillSample(workspace, folder, context);
    } catch (error) {
      workspace[Symbol.dispose]();
      throw error;
    }
    writeFileSync(whole, '');
  }
  return workspace;
}

/** Writes the sample's images and advisories to the folder and takes them into the workspace, oldest first so that tags move. */
export async function fillSample(workspace: Workspace, folder: string, context: Context): Promise<void> {
  const advisories = path.join(folder, 'advisories');
  mkdirSync(advisories, { recursive: true });
  for (const { name, text } of sampleAdvisoryFiles()) writeFileSync(path.join(advisories, name), text);
  const results = await workspace.updateAdvisories({ from: advisories, sample: true }, context);
  const failed = results.find(({ state }) => state === 'failed');
  if (failed) throw new Error(`the sample's advisories of ${failed.source}: ${failed.error}`);
  for (const image of sampleImages) {
    const layout = path.join(folder, 'images', image.slug);
    await writeSampleImage(image, layout);
    await workspace.index(`oci-dir://${layout}`, {}, context);
  }
}
