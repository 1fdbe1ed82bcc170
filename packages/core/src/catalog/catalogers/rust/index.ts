import { mayBeProgram } from '../../shared/program.ts';
import type { ScanningCataloger } from '../../types.ts';
import { scanProgram } from './scan.ts';

/** Crates that Rust programs were built from, where they say so. */
export const rust: ScanningCataloger = {
  id: 'rust',
  types: ['cargo'],
  version: 1,
  claims: mayBeProgram,
  scan: ({ size }) => scanProgram(size),
};
