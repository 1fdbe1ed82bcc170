import type { VexReader } from '../../types.ts';
import { isOpenVex, readOpenVex } from './read.ts';

/** OpenVEX 0.2.0, and 0.0.1 where it differs: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
export const openvex: VexReader = { id: 'openvex', title: 'OpenVEX', recognises: isOpenVex, read: readOpenVex };
