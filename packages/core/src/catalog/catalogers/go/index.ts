import { mayBeProgram } from '../../shared/program.ts';
import type { ScanningCataloger } from '../../types.ts';
import { scanProgram } from './scan.ts';

/** Modules that Go programs were built from. */
export const go: ScanningCataloger = {
  id: 'go',
  types: ['golang'],
  version: 1,
  claims: mayBeProgram,
  scan: scanProgram,
};
