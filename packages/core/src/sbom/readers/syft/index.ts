import type { SbomReader } from '../../types.ts';
import { readArtifacts } from './read.ts';

/** Syft's own JSON. */
export const syft: SbomReader = {
  id: 'syft',
  title: 'Syft',
  recognises: ({ artifacts, schema }) => Array.isArray(artifacts) && typeof schema === 'object',
  read: readArtifacts,
};
