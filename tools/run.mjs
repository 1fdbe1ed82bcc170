// What `npm start`, `npm test`, `npm run build` and `npm run check` do. Plain JavaScript: it must run on whatever Node the machine has,
// before anything is installed. It installs what is missing, then hands over to the Node 24 that came along.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const conditions = ['--conditions=plimsoll-source', '--disable-warning=ExperimentalWarning'];

const steps = {
  start(options) {
    buildPage();
    const [image, ...rest] = options;
    if (image === undefined) return run([...conditions, 'tools/start.ts']);
    return run(['packages/cli/bin/plimsoll.mjs', 'view', image, '--no-open', ...rest]);
  },
  test(options) {
    buildPage();
    const projects = ['unit', 'web', 'architecture', 'data'].flatMap((project) => ['--project', project]);
    return vitest([...projects, ...options]);
  },
  build() {
    buildPage({ always: true });
    run([binary('typescript', 'tsc'), '-b', ...['model', 'core', 'server', 'cli'].map((name) => `packages/${name}`)]);
  },
  check() {
    run([binary('typescript', 'tsc'), '-b']);
    run([binary('@biomejs/biome', 'biome'), 'check', '.']);
    vitest(['--project', 'architecture', '--project', 'unit']);
  },
};

const [, , name, ...options] = process.argv;
const step = Object.hasOwn(steps, name ?? '') ? steps[name] : undefined;
if (!step) fail(`usage: node tools/run.mjs ${Object.keys(steps).join('|')}`);
install();
const node = findNode();
step(options);

function vitest(options) {
  return run([...conditions, binary('vitest', 'vitest'), 'run', ...options]);
}

/** Runs a script on Node 24 from the root; ends this process with its exit code where that is not 0. */
function run(args, { cwd = root, quiet = false } = {}) {
  const { status, signal, error, stdout, stderr } = spawnSync(node, args, {
    cwd,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: environment(),
    encoding: 'utf8',
  });
  if (error) fail(`cannot run ${node}: ${error.message}`);
  if (status === 0) return;
  if (quiet) process.stderr.write(`${stdout}${stderr}`);
  process.exit(signal === 'SIGINT' ? 130 : (status ?? 1));
}

function environment() {
  const cores = Math.max(4, os.availableParallelism());
  const bin = path.join(modules, '.bin');
  return {
    UV_THREADPOOL_SIZE: String(cores),
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${bin}${path.delimiter}${process.env.PATH ?? ''}`,
  };
}

/** Installs where nothing is installed, or the lock file has moved since. */
function install() {
  const installed = path.join(modules, '.package-lock.json');
  // npm writes both files at the end of an install, in no fixed order.
  const slack = 30_000;
  if (existsSync(installed) && statSync(installed).mtimeMs + slack >= statSync(path.join(root, 'package-lock.json')).mtimeMs) return;
  process.stderr.write('installing packages ...\n');
  const [command, before] = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, [process.env.npm_execpath]] : ['npm', []];
  const { status, error, stdout, stderr } = spawnSync(
    command,
    [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=optional', '--include=dev'],
    {
      cwd: root,
      stdio: process.stderr.isTTY ? 'inherit' : 'pipe',
      encoding: 'utf8',
      shell: command === 'npm' && os.platform() === 'win32',
    },
  );
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  fail(`npm ci failed${error ? `: ${error.message}` : ''}`);
}

/** The Node 24 that came along as a package, or the running one where it is new enough. */
function findNode() {
  const brought = path.join(modules, `node-${os.platform()}-${os.arch()}`, 'bin', 'node');
  if (existsSync(brought)) return brought;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  return fail(
    `Plimsoll needs Node 24 or newer; this is Node ${process.versions.node}, and no Node came along for ${os.platform()} ${os.arch()}`,
  );
}

/** Builds the web page where it is missing or older than what it is made of. */
function buildPage({ always = false } = {}) {
  const page = path.join(root, 'packages/web/dist/index.html');
  const sources = [
    'packages/web/src',
    'packages/web/index.html',
    'packages/web/vite.config.ts',
    'packages/web/public',
    'packages/model/src',
  ];
  const fresh = existsSync(page) && newest(sources.map((source) => path.join(root, source))) <= statSync(page).mtimeMs;
  if (fresh && !always) return;
  process.stderr.write('building the web page ...\n');
  run([binary('vite', 'vite'), 'build', '--logLevel', 'warn'], { cwd: path.join(root, 'packages/web'), quiet: !always });
}

/** When the newest of some files and folders was written. */
function newest(paths) {
  let time = 0;
  for (const at of paths) {
    const found = statSync(at, { throwIfNoEntry: false });
    if (!found) continue;
    const own = found.isDirectory() ? newest(readdirSync(at).map((entry) => path.join(at, entry))) : found.mtimeMs;
    time = Math.max(time, own);
  }
  return time;
}

/** The script of a package's command. */
function binary(packageName, command) {
  const candidates = { vitest: 'vitest.mjs', vite: 'bin/vite.js', tsc: 'bin/tsc', biome: 'bin/biome' };
  return path.join(modules, packageName, candidates[command]);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
