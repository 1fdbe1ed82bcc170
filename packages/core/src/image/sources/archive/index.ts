import type { ImageSource } from '../../types.ts';
import { listArchive, openArchive } from './read.ts';

/** A tar as `docker save` writes it, in all its kinds; an OCI layout inside is read as such. */
export const archive: ImageSource = {
  id: 'archive',
  prefixes: ['archive', 'docker-archive'],
  open: openArchive,
  list: listArchive,
};
