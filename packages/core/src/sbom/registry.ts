import { cyclonedx } from './readers/cyclonedx/index.ts';
import { spdx } from './readers/spdx/index.ts';
import { syft } from './readers/syft/index.ts';
import type { SbomReader } from './types.ts';

/** Every format of documents that list packages. */
export const sbomReaders = [cyclonedx, spdx, syft] as const satisfies readonly SbomReader[];
