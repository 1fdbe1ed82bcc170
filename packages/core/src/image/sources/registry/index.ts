import type { ImageSource } from '../../types.ts';
import { listRepository, openReference } from './read.ts';

/** An image in a registry, over the distribution API. */
export const registry: ImageSource = {
  id: 'registry',
  prefixes: ['registry'],
  open: openReference,
  list: listRepository,
};
