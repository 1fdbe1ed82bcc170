import { version as program } from '@plimsoll/core';
import type { CommandResult } from '../../types.ts';

/** The program's version and the Node it runs on. */
export async function version(): Promise<CommandResult> {
  return { json: { version: program, node: process.versions.node }, table: () => `plimsoll ${program} (Node ${process.versions.node})` };
}
