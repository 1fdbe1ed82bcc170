import { annotation } from './detectors/annotation/index.ts';
import { chainId } from './detectors/chain-id/index.ts';
import { provenance } from './detectors/provenance/index.ts';
import type { BaseImageDetector } from './types.ts';

/** Every detector, the surest first. */
export const detectors = [provenance, annotation, chainId] as const satisfies readonly BaseImageDetector[];
