import type { Context, Workspace } from '@plimsoll/core';
import type { Report } from '@plimsoll/model';
import type { Environment } from './environment.ts';
import type { Style } from './output/style.ts';

/** What a command gives: facts, how they look as a table, and how it ends. `main` prints and sets the exit code. */
export interface CommandResult {
  readonly json: unknown;
  table(style: Style): string;
  /** A report that `--format cyclonedx` and the like can write; absent where formats make no sense. */
  readonly report?: Report;
  /** 2 where a condition that was asked for holds. */
  readonly exitCode?: 0 | 1 | 2;
  /** Said on standard error to a person at a terminal: what to try, what is missing. */
  readonly hints?: readonly string[];
  /** Said on standard error always: what failed though the rest was done. */
  readonly faults?: readonly string[];
}

/** What a command may use. */
export interface CommandContext {
  /** Opened when it is first asked for. */
  readonly workspace: Workspace;
  readonly context: Context;
  readonly environment: Environment;
}

/** Options every command that takes an image has. */
export interface ImageOptions {
  readonly platform?: string;
  readonly ref?: string;
}
