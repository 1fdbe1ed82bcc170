import type { ImageSource } from '../../types.ts';
import { listFolder, openFolder } from './read.ts';

/** A folder as the root file system of an image: one layer, no history. */
export const fs: ImageSource = {
  id: 'fs',
  prefixes: ['fs'],
  open: openFolder,
  list: listFolder,
};
