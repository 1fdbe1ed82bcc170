import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ImageMemory } from '../image/types.ts';
import { IMAGE_ENDING } from './layer-cache.ts';

/** What sources remember of images, as files beside the layer facts. A file that cannot be read is as good as absent; one that cannot be written is not missed. */
export function createImageMemory(folder: string): ImageMemory {
  const fileOf = (key: string) => path.join(folder, `${createHash('sha256').update(key).digest('hex')}${IMAGE_ENDING}`);
  return {
    get: (key) => readFile(fileOf(key)).catch(() => undefined),
    async set(key, value) {
      const temporary = path.join(folder, `${randomUUID()}.tmp`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(temporary, value);
        await rename(temporary, fileOf(key));
      } catch {
        await rm(temporary, { force: true }).catch(() => {});
      }
    },
  };
}
