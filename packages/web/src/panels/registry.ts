import { files } from './files/index.tsx';
import { hidden } from './hidden/index.tsx';
import { packages } from './packages/index.tsx';
import type { Panel } from './types.ts';
import { vulnerabilities } from './vulnerabilities/index.tsx';

/** Every panel, in the order of the tabs. */
export const panels = [vulnerabilities, packages, hidden, files] as const satisfies readonly Panel[];
