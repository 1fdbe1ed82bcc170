import type { VexReader } from '../../types.ts';
import { isBom, readBom } from './read.ts';

/** CycloneDX with `vulnerabilities[].analysis`: https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
export const cyclonedx: VexReader = { id: 'cyclonedx', title: 'CycloneDX VEX', recognises: isBom, read: readBom };
