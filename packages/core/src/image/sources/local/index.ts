import type { ImageSource } from '../../types.ts';
import { listLocal, openLocal } from './read.ts';

/** An image of the container engine of this machine, Docker or Podman. */
export const local: ImageSource = {
  id: 'local',
  prefixes: ['local'],
  open: openLocal,
  list: listLocal,
};
