import { csaf } from './readers/csaf/index.ts';
import { cyclonedx } from './readers/cyclonedx/index.ts';
import { openvex } from './readers/openvex/index.ts';
import type { VexReader } from './types.ts';

/** Every format of VEX. */
export const vexReaders = [csaf, cyclonedx, openvex] as const satisfies readonly VexReader[];
