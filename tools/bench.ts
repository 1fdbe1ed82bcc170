/**
 * Times the whole command on an image made from this machine's own files, beside `gzip -dc | sha256sum` of the same layers and beside a
 * peer from npm, and prints medians and ratios. `npm run bench -- --megabytes 600 --runs 5 --peer`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '600' },
    layers: { type: 'string', default: '5' },
    runs: { type: 'string', default: '5' },
    peer: { type: 'boolean', default: false },
  },
});
const PEER = 'snyk-docker-plugin@9';
const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-bench-'));

try {
  const image = makeImage(path.join(folder, 'image'), Number(values.megabytes) * 1e6, Number(values.layers));
  const plimsoll = [
    process.execPath,
    path.join(root, 'packages/cli/bin/plimsoll.mjs'),
    'packages',
    `oci-dir://${image.layout}`,
    '--format',
    'json',
  ];
  const data = path.join(folder, 'data');
  const env = { PLIMSOLL_DATA_DIR: data, PLIMSOLL_CACHE_DIR: data, PLIMSOLL_OFFLINE: '1' };
  const rows: Row[] = [
    await measure('gzip -dc | sha256sum', ['sh', '-c', `for l in ${image.layers.join(' ')}; do gzip -dc $l | sha256sum; done`]),
    await measure('plimsoll packages, cold', plimsoll, { env, before: () => rmSync(data, { recursive: true, force: true }) }),
    await measure('plimsoll packages, warm', plimsoll, { env }),
  ];
  if (values.peer) rows.push(await measure(PEER, peerCommand(image.layout)));
  print(rows, image);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Row {
  readonly name: string;
  readonly seconds: number;
  readonly megabytes: number;
}

interface MadeImage {
  readonly layout: string;
  readonly layers: readonly string[];
  readonly stored: number;
  readonly inflated: number;
}

/** An OCI layout with gzip layers, filled with files of /usr in the order of the folder, cut into layers of equal size. */
function makeImage(layout: string, bytes: number, count: number): MadeImage {
  const blobs = path.join(layout, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const parts = cut(collectFiles('/usr', bytes), count);
  const layers = parts.map((files, index) => {
    const list = path.join(folder, `files-${index}`);
    const tar = path.join(folder, `layer-${index}.tar`);
    writeFileSync(list, ['var/lib/dpkg/status', ...files.map((file) => file.slice(1))].join('\n'));
    run(['tar', '-C', '/', '--no-recursion', '-cf', tar, '-T', list]);
    const diffId = hashFile(tar);
    const size = statSync(tar).size;
    run(['gzip', '-6', '-n', tar]);
    const digest = hashFile(`${tar}.gz`);
    const blob = path.join(blobs, digest);
    run(['mv', `${tar}.gz`, blob]);
    return { blob, diffId, digest, size, stored: statSync(blob).size };
  });
  const put = (mediaType: string, value: unknown) => {
    const text = JSON.stringify(value);
    const digest = createHash('sha256').update(text).digest('hex');
    writeFileSync(path.join(blobs, digest), text);
    return { mediaType, digest: `sha256:${digest}`, size: text.length };
  };
  const config = put('application/vnd.oci.image.config.v1+json', {
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => `sha256:${diffId}`) },
    history: layers.map((_, index) => ({ created_by: `COPY part-${index} /` })),
  });
  const manifest = put('application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    config,
    layers: layers.map(({ digest, stored }) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest: `sha256:${digest}`,
      size: stored,
    })),
  });
  writeFileSync(path.join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(path.join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  const sum = (of: (layer: (typeof layers)[number]) => number) => layers.reduce((total, layer) => total + of(layer), 0);
  return { layout, layers: layers.map(({ blob }) => blob), stored: sum((layer) => layer.stored), inflated: sum((layer) => layer.size) };
}

function collectFiles(start: string, bytes: number): readonly { readonly file: string; readonly size: number }[] {
  const found: { file: string; size: number }[] = [];
  let total = 0;
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (total >= bytes) return;
      const file = path.join(at, entry.name);
      if (entry.isDirectory()) walk(file);
      else if (entry.isFile()) {
        const { size } = statSync(file);
        total += size;
        found.push({ file, size });
      }
    }
  };
  walk(start);
  return found;
}

function cut(files: readonly { readonly file: string; readonly size: number }[], count: number): readonly (readonly string[])[] {
  const share = files.reduce((total, { size }) => total + size, 0) / count;
  const parts: string[][] = [[]];
  let filled = 0;
  for (const { file, size } of files) {
    if (filled >= share && parts.length < count) {
      parts.push([]);
      filled = 0;
    }
    parts.at(-1)?.push(file);
    filled += size;
  }
  return parts;
}

/** Installed into the bench's own folder: it is no dependency of the project. */
function peerCommand(layout: string): readonly string[] {
  const home = path.join(folder, 'peer');
  mkdirSync(home);
  writeFileSync(path.join(home, 'package.json'), JSON.stringify({ private: true, overrides: { shescape: '2.1.x' } }));
  run(['npm', 'install', '--prefix', home, '--no-audit', '--no-fund', PEER]);
  const archive = path.join(folder, 'image.tar');
  run(['tar', '-C', layout, '-cf', archive, '.']);
  const script = `require('snyk-docker-plugin').scan({ path: 'oci-archive:${archive}' }).then((r) => console.log(r.scanResults.length))`;
  const file = path.join(home, 'scan.cjs');
  writeFileSync(file, script);
  return [process.execPath, file];
}

async function measure(
  name: string,
  command: readonly string[],
  options: { readonly env?: Record<string, string>; readonly before?: () => void } = {},
): Promise<Row> {
  const seconds: number[] = [];
  let peak = 0;
  for (let turn = 0; turn <= Number(values.runs); turn += 1) {
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

function print(rows: readonly Row[], image: MadeImage): void {
  const [plain] = rows;
  const mega = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(
    `${image.layers.length} layers, ${mega(image.stored)} stored, ${mega(image.inflated)} inflated; ${cpus().length} x ${cpus()[0]?.model}`,
  );
  for (const { name, seconds, megabytes } of rows) {
    const ratio = plain ? (seconds / plain.seconds).toFixed(2) : '-';
    console.log(`${name.padEnd(28)} ${seconds.toFixed(2).padStart(7)} s  ${ratio.padStart(6)} x  ${megabytes.toFixed(0).padStart(5)} MB`);
  }
}

function hashFile(file: string): string {
  return run(['sha256sum', file]).slice(0, 64);
}

function run([program = '', ...rest]: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${program} ${rest.join(' ')}: ${stderr}`);
  return stdout;
}
