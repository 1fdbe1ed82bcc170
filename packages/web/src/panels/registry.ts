import { hidden } from './hidden/index.tsx';
import { packages } from './packages/index.tsx';
import type { Panel } from './types.ts';
import { vulnerabilities } from './vulnerabilities/index.tsx';

/** Every panel, in the order of the tabs. */
export const panels = [vulnerabilities, packages, hidden] as const satisfies readonly Panel[];
