import { createContext, errorCodes, isAppError, loadExceptions, messageOf, openWorkspace, type Workspace } from '@plimsoll/core';
import { type Environment, readEnvironment } from './environment.ts';
import { createProgressLine } from './output/progress.ts';
import { printable } from './output/text.ts';
import { checkFormats, writeResult } from './output/write.ts';
import { createProgram, type Host, isCommanderError, type OutputOptions } from './program.ts';
import type { CommandContext } from './types.ts';

const INTERRUPTED = 130;
const WRONG_USAGE = 64;

/** Runs the command line; sets `process.exitCode` and never ends the process itself, since layers may be under way. */
export async function main(argv: readonly string[]): Promise<void> {
  const environment = readEnvironment();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort(signal));
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    await createProgram(createHost(environment, stop.signal)).parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, stop.signal, environment);
  }
}

function createHost(machine: Environment, signal: AbortSignal): Host {
  return {
    async run(work, options) {
      const formats = options.format ?? ['table'];
      checkFormats(formats);
      const environment = withOptions(machine, options);
      const speaks = environment.interactive && !options.quiet;
      const line = createProgressLine(speaks);
      const result = await withWorkspace(environment, { signal, progress: line.show, options }, work).finally(line.clear);
      const { color, terminal } = environment;
      writeResult(result, { formats, color, terminal, ...(options.output !== undefined && { output: options.output }) });
      for (const said of [...(result.faults ?? []), ...(speaks ? (result.hints ?? []) : [])]) process.stderr.write(`${printable(said)}\n`);
      if (result.exitCode) process.exitCode = result.exitCode;
    },
    async stay(work, options) {
      const environment = withOptions(machine, options);
      const line = createProgressLine(environment.interactive && !options.quiet);
      const say = (text: string) => {
        line.clear();
        process.stdout.write(`${text}\n`);
      };
      await withWorkspace(environment, { signal, progress: line.show, options }, (use) => work(use, say)).finally(line.clear);
      // A server that is told to end by its manager is done; one that is interrupted is not.
      if (signal.reason === 'SIGINT') process.exitCode = INTERRUPTED;
    },
  };
}

interface Run {
  readonly signal: AbortSignal;
  readonly progress: CommandContext['context']['progress'];
  readonly options: OutputOptions;
}

/** The workspace is opened, and its folders made, only for commands that ask for it. */
async function withWorkspace<Result>(
  environment: Environment,
  { signal, progress, options }: Run,
  work: (use: CommandContext) => Promise<Result>,
): Promise<Result> {
  const { config, vexLocation: vex = [], vexFromImage = false } = options;
  const context = createContext({ env: environment.env, signal, progress });
  let opened: Workspace | undefined;
  const use: CommandContext = {
    context,
    environment,
    get workspace() {
      opened ??= openWorkspace({
        ...environment,
        vexFromImage,
        exceptions: () => loadExceptions({ folder: environment.folder, vex, ...(config !== undefined && { config }) }),
      });
      return opened;
    },
  };
  try {
    return await work(use);
  } finally {
    opened?.[Symbol.dispose]();
  }
}

function withOptions(environment: Environment, options: OutputOptions & { readonly dataDir?: string }): Environment {
  return options.dataDir === undefined ? environment : { ...environment, dataDir: options.dataDir };
}

/** Says what went wrong, to a person, and gives the exit code. */
function report(error: unknown, signal: AbortSignal, { debug }: Environment): number {
  if (signal.aborted) return INTERRUPTED;
  if (isCommanderError(error)) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  const stack = debug && error instanceof Error ? `${error.stack}\n` : '';
  if (isAppError(error)) {
    const hint = error.hint ? `  Try: ${printable(error.hint)}\n` : '';
    process.stderr.write(`${error.code}: ${printable(error.message)}\n${hint}${stack}`);
    return errorCodes[error.code].exit;
  }
  process.stderr.write(`plimsoll made a mistake of its own: ${printable(messageOf(error))}\n${stack}`);
  return 1;
}
