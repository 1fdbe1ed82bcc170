import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bomb } from './layers.ts';

const program = fileURLToPath(new URL('../../packages/cli/bin/plimsoll.mjs', import.meta.url));
/** A run that takes longer is killed, and the test fails. */
const MAX_SECONDS = 60;

/** How the program ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Largest resident size of one of its processes, in MB. */
  readonly megabytes: number;
}

/** Runs `plimsoll COMMAND oci-dir://IMAGE` on an image of these layers, in a folder of its own that goes with it. */
export async function runOn(
  layers: readonly (Uint8Array | Bomb)[],
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-hostile-'));
  try {
    await writeLayout(path.join(folder, 'image'), layers);
    const [command = 'packages', ...rest] = args;
    return await run([command, `oci-dir://${path.join(folder, 'image')}`, ...rest], {
      PLIMSOLL_DATA_DIR: path.join(folder, 'data'),
      PLIMSOLL_CACHE_DIR: path.join(folder, 'cache'),
      PLIMSOLL_OFFLINE: '1',
      ...env,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeLayout(folder: string, layers: readonly (Uint8Array | Bomb)[]): Promise<void> {
  const blobs = path.join(folder, 'blobs/sha256');
  await mkdir(blobs, { recursive: true });
  const put = async (bytes: Uint8Array, mediaType: string) => {
    const hex = createHash('sha256').update(bytes).digest('hex');
    await writeFile(path.join(blobs, hex), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  const json = (value: unknown, mediaType: string) => put(Buffer.from(JSON.stringify(value)), mediaType);
  const stored = layers.map((layer) => ('stored' in layer ? layer.stored : layer));
  const manifest = await json(
    {
      schemaVersion: 2,
      config: await json(
        {
          os: 'linux',
          architecture: 'amd64',
          rootfs: { type: 'layers', diff_ids: stored.map((bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`) },
          history: stored.map((_, index) => ({ created_by: `COPY ${index} /` })),
        },
        'application/vnd.oci.image.config.v1+json',
      ),
      layers: await Promise.all(stored.map((bytes) => put(bytes, 'application/vnd.oci.image.layer.v1.tar'))),
    },
    'application/vnd.oci.image.manifest.v1+json',
  );
  await writeFile(path.join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  await writeFile(path.join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
}

async function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=512', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid));
  }, 20);
  const limit = setTimeout(() => child.kill('SIGKILL'), MAX_SECONDS * 1000);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearInterval(watch);
  clearTimeout(limit);
  return { code, ...output, megabytes };
}

/** Of a process and those it started, as Linux tells it; 0 elsewhere. */
function peakOf(pid: number | undefined): number {
  try {
    const own = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return Math.max(own, ...children.map((child) => peakOf(Number(child))));
  } catch {
    return 0;
  }
}
