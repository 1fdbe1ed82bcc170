import { annotation } from './detectors/annotation/index.ts';
import { buildpacks } from './detectors/buildpacks/index.ts';
import { chainId } from './detectors/chain-id/index.ts';
import { fingerprint } from './detectors/fingerprint/index.ts';
import { history } from './detectors/history/index.ts';
import { pin } from './detectors/pin/index.ts';
import { provenance } from './detectors/provenance/index.ts';
import { storedLayers } from './detectors/stored-layers/index.ts';
import type { BaseImageDetector } from './types.ts';

/** Every detector, the surest first; those that guess come last. */
export const detectors = [
  pin,
  provenance,
  annotation,
  buildpacks,
  chainId,
  storedLayers,
  fingerprint,
  history,
] as const satisfies readonly BaseImageDetector[];
