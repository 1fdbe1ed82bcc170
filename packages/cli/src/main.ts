import { createContext, errorCodes, isAppError, messageOf, openWorkspace } from '@plimsoll/core';
import { type Environment, readEnvironment } from './environment.ts';
import { createProgressLine } from './output/progress.ts';
import { printable } from './output/text.ts';
import { writeResult } from './output/write.ts';
import { createProgram, type Host, isCommanderError, type OutputOptions } from './program.ts';
import type { CommandContext } from './types.ts';

const INTERRUPTED = 130;
const WRONG_USAGE = 64;

/** Runs the command line; sets `process.exitCode` and never ends the process itself, since layers may be under way. */
export async function main(argv: readonly string[]): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    await createProgram(createHost(stop.signal)).parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, stop.signal);
  }
}

function createHost(signal: AbortSignal): Host {
  return {
    async run(work, options) {
      const environment = withOptions(readEnvironment(), options);
      const line = createProgressLine(environment.interactive && !options.quiet);
      const result = await withWorkspace(environment, signal, line.show, work).finally(line.clear);
      writeResult(result, {
        formats: options.format ?? ['table'],
        color: environment.color,
        ...(options.output !== undefined && { output: options.output }),
      });
      if (!options.quiet) for (const hint of result.hints ?? []) process.stderr.write(`${printable(hint)}\n`);
      if (result.exitCode) process.exitCode = result.exitCode;
    },
    async stay(work, options) {
      const environment = withOptions(readEnvironment(), options);
      const line = createProgressLine(environment.interactive && !options.quiet);
      const say = (text: string) => {
        line.clear();
        process.stdout.write(`${text}\n`);
      };
      await withWorkspace(environment, signal, line.show, (use) => work(use, say)).finally(line.clear);
    },
  };
}

async function withWorkspace<Result>(
  environment: Environment,
  signal: AbortSignal,
  progress: CommandContext['context']['progress'],
  work: (use: CommandContext) => Promise<Result>,
): Promise<Result> {
  const context = createContext({ env: environment.env, signal, progress });
  using workspace = openWorkspace(environment);
  return await work({ workspace, context, environment });
}

function withOptions(environment: Environment, options: OutputOptions & { readonly dataDir?: string }): Environment {
  return options.dataDir === undefined ? environment : { ...environment, dataDir: options.dataDir };
}

/** Says what went wrong, to a person, and gives the exit code. */
function report(error: unknown, signal: AbortSignal): number {
  if (signal.aborted) return INTERRUPTED;
  if (isCommanderError(error)) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  if (isAppError(error)) {
    process.stderr.write(`${error.code}: ${printable(error.message)}\n`);
    if (error.hint) process.stderr.write(`  Try: ${printable(error.hint)}\n`);
    return errorCodes[error.code].exit;
  }
  process.stderr.write(`plimsoll made a mistake of its own: ${printable(messageOf(error))}\n`);
  if (error instanceof Error && process.env.PLIMSOLL_DEBUG) process.stderr.write(`${error.stack}\n`);
  return 1;
}
