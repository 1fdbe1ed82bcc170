import type { ScanningCataloger } from '../../types.ts';
import { claims, scanBinary } from './scan.ts';

/** Programs and libraries that were put into an image without a package manager, by what they say of themselves. */
export const binary: ScanningCataloger = { id: 'binary', types: ['generic', 'golang'], version: 1, claims, scan: scanBinary };
