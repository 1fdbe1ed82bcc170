import { setImmediate } from 'node:timers/promises';
import type { Context, StoredImage, Workspace } from '@plimsoll/core';
import type { ImageSummary } from '@plimsoll/model';
import { toSummary } from './summary.ts';

/** Rows of the images list. */
export interface ImageList {
  /** Newest first. Lets other requests through between images that must be assessed. */
  list(): Promise<readonly ImageSummary[]>;
}

/** Keeps rows until their image, the advisories or the bases move: the workspace keeps only the newest reports. */
export function createImageList(workspace: Workspace, context: Context): ImageList {
  let kept = new Map<string, ImageSummary>();
  return {
    async list() {
      const next = new Map<string, ImageSummary>();
      for (const stored of workspace.inventories.list()) {
        const key = keyOf(workspace, stored);
        const summary = kept.get(key) ?? (await make(stored));
        if (summary) next.set(key, summary);
      }
      kept = next;
      return [...next.values()];
    },
  };

  async function make(stored: StoredImage): Promise<ImageSummary | undefined> {
    await setImmediate();
    const inventory = workspace.inventories.get(stored.digest);
    return inventory && toSummary(stored, workspace.assess(inventory, context));
  }
}

/** Changes whenever what is told of an image may: itself, its names, advisories or bases. */
export function keyOf({ advisories, bases, inventories, pins }: Workspace, { digest, indexed, names }: StoredImage): string {
  return JSON.stringify([
    digest,
    indexed,
    names,
    advisories.fingerprint(),
    bases.fingerprint(),
    inventories.fingerprint(),
    pins.fingerprint(),
  ]);
}
