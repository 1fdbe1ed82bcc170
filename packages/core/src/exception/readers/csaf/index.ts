import type { VexReader } from '../../types.ts';
import { isCsaf, readCsaf } from './read.ts';

/** CSAF 2.0, its VEX profile: https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html#45-profile-5-vex */
export const csaf: VexReader = { id: 'csaf', title: 'CSAF VEX', recognises: isCsaf, read: readCsaf };
