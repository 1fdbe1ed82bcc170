import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** What one command took. */
export interface Row {
  readonly name: string;
  /** Median. */
  readonly seconds: number;
  /** Largest resident size of one of its processes, in MB. */
  readonly megabytes: number;
}

/** Runs a command `runs` times, after one that warms the file cache. */
export async function measure(
  name: string,
  command: readonly string[],
  options: { readonly runs: number; readonly env?: Record<string, string>; readonly before?: () => void },
): Promise<Row> {
  const seconds: number[] = [];
  let peak = 0;
  for (let turn = 0; turn <= options.runs; turn += 1) {
    options.before?.();
    const taken = await once(command, options.env ?? {});
    if (turn > 0) seconds.push(taken.seconds); // the first run warms the file cache
    peak = Math.max(peak, taken.megabytes);
  }
  seconds.sort((a, b) => a - b);
  return { name, seconds: seconds[seconds.length >> 1] ?? Number.NaN, megabytes: peak };
}

async function once(
  [program = '', ...rest]: readonly string[],
  env: Record<string, string>,
): Promise<{ seconds: number; megabytes: number }> {
  const output = openSync('/dev/null', 'w');
  const start = performance.now();
  const child = spawn(program, rest, { env: { ...process.env, ...env }, stdio: ['ignore', output, 'inherit'] });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, 10);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  closeSync(output);
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return { seconds, megabytes: peak };
}

/** Largest resident size of a process and those it started, in MB, as Linux tells it. */
function peakOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const own = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return Math.max(own, ...children.map((child) => peakOf(Number(child))));
  } catch {
    return 0;
  }
}

/** Runs a command to its end. Throws where it fails; gives what it wrote. */
export function run([program = '', ...rest]: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${program} ${rest.join(' ')}: ${stderr}${stdout.slice(0, 500)}`);
  return stdout;
}
