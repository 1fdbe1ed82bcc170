import { archive } from './sources/archive/index.ts';
import { fs } from './sources/fs/index.ts';
import { local } from './sources/local/index.ts';
import { ociDir } from './sources/oci-dir/index.ts';
import { registry } from './sources/registry/index.ts';
import type { ImageSource } from './types.ts';

/** Every image source: what lies here before what is far. */
export const imageSources = [ociDir, archive, fs, local, registry] as const satisfies readonly ImageSource[];
