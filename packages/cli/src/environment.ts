import { homedir, platform } from 'node:os';
import path from 'node:path';

/** Where this machine keeps things, and how it wants to be spoken to. The one place that reads the environment. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working folder: where `.plimsoll.yaml` is looked for. */
  readonly folder: string;
  readonly dataDir: string;
  readonly cacheDir: string;
  /** `host:port` the server listens on, or is looked for at. */
  readonly listen: string;
  /** Progress and hints may be shown. */
  readonly interactive: boolean;
  readonly color: boolean;
  /** Standard output is a terminal: nothing that steers one may reach it. */
  readonly terminal: boolean;
  /** Mistakes of our own are shown with where they came from. */
  readonly debug: boolean;
}

/** Reads the environment once. */
export function readEnvironment(): Environment {
  const { env } = process;
  const isCi = env.CI !== undefined && env.CI !== '' && env.CI !== 'false';
  return {
    env,
    folder: process.cwd(),
    dataDir: path.resolve(env.PLIMSOLL_DATA_DIR || dataFolder(env)),
    cacheDir: path.resolve(env.PLIMSOLL_CACHE_DIR || cacheFolder(env)),
    listen: env.PLIMSOLL_LISTEN || '127.0.0.1:7717',
    interactive: process.stderr.isTTY === true && !isCi,
    color: process.stdout.isTTY === true && !isCi && !env.NO_COLOR,
    terminal: process.stdout.isTTY === true,
    debug: Boolean(env.PLIMSOLL_DEBUG),
  };
}

function dataFolder(env: Environment['env']): string {
  if (platform() === 'darwin') return path.join(homedir(), 'Library/Application Support/plimsoll');
  if (platform() === 'win32') return path.join(env.LOCALAPPDATA || homedir(), 'plimsoll');
  return path.join(env.XDG_DATA_HOME || path.join(homedir(), '.local/share'), 'plimsoll');
}

function cacheFolder(env: Environment['env']): string {
  if (platform() === 'darwin') return path.join(homedir(), 'Library/Caches/plimsoll');
  if (platform() === 'win32') return path.join(env.LOCALAPPDATA || homedir(), 'plimsoll/cache');
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'plimsoll');
}
