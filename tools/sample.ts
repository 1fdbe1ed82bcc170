import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Context, openWorkspace, type Workspace } from '@plimsoll/core';
import { fillSample } from '@plimsoll/testkit';

/** Where the sample lies unless `PLIMSOLL_DATA_DIR` says otherwise: in the checkout, left out of git. */
export const sampleFolder = fileURLToPath(new URL('../.plimsoll/sample', import.meta.url));

/**
 * Opens a workspace and fills it with the sample where there is nothing in it yet. What else lies in the folder is left as it is: only a
 * sample whose making was broken off is thrown away and made again. Nothing is fetched.
 */
export async function openSample(folder: string, context: Context): Promise<Workspace> {
  const unfinished = path.join(folder, 'sample-unfinished');
  if (existsSync(unfinished)) removeSample(folder);
  const isNew = !existsSync(path.join(folder, 'images.db'));
  if (isNew) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, '');
  }
  const workspace = openWorkspace({ dataDir: folder, cacheDir: path.join(folder, 'cache') });
  if (!isNew) return workspace;
  try {
    await fillSample(workspace, folder, context);
  } catch (error) {
    workspace[Symbol.dispose]();
    throw error;
  }
  rmSync(unfinished);
  return workspace;
}

/** Whether a folder was filled with the sample. */
export function isSample(folder: string): boolean {
  return existsSync(path.join(folder, 'advisories', 'debian-tracker.json'));
}

function removeSample(folder: string): void {
  for (const part of ['images', 'advisories', 'cache']) rmSync(path.join(folder, part), { recursive: true, force: true });
  for (const database of ['images.db', 'advisories.db']) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(path.join(folder, `${database}${suffix}`), { force: true });
  }
}
