import { archive } from './sources/archive/index.ts';
import { ociDir } from './sources/oci-dir/index.ts';
import { registry } from './sources/registry/index.ts';
import type { ImageSource } from './types.ts';

/** Every image source, in the order in which a bare input is tried: what lies here before what is far. */
export const imageSources = [ociDir, archive, registry] as const satisfies readonly ImageSource[];
