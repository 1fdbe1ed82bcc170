import type { ImageSource } from '../../types.ts';
import { listLayout, openLayout } from './read.ts';

/** An OCI layout: a folder, or a tar of one. */
export const ociDir: ImageSource = {
  id: 'oci-dir',
  prefixes: ['oci-dir'],
  open: openLayout,
  list: listLayout,
};
