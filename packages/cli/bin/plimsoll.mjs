#!/usr/bin/env node
// Plain JavaScript that any Node >= 20 runs: finds a Node that can run the program, and hands over to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const CONDITION = '--conditions=plimsoll-source';
const here = path.dirname(fileURLToPath(import.meta.url));
// In a checkout the sources are run as they are; a published package has its built files.
const source = path.join(here, '../src/main.ts');
const isCheckout = existsSync(source);
const flags = isCheckout ? [CONDITION, '--disable-warning=ExperimentalWarning'] : ['--disable-warning=ExperimentalWarning'];
const isReady = Number(process.versions.node.split('.')[0]) >= NEEDED && flags.every((flag) => process.execArgv.includes(flag));

if (isReady) {
  nodeModule.enableCompileCache?.(); // Node 20 has none
  const { main } = await import(isCheckout ? source : path.join(here, '../dist/main.js'));
  await main(process.argv.slice(2));
} else {
  const node = findNode();
  if (node) handOver(node);
  else {
    process.stderr.write(
      `plimsoll needs Node ${NEEDED} or newer; this is ${process.version}.\n  Try: install Node ${NEEDED} and run it again.\n`,
    );
    process.exitCode = 1;
  }
}

/** This Node where it is new enough, else the one that came along with the packages. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return process.execPath;
  try {
    const require = nodeModule.createRequire(import.meta.url);
    const manifest = require.resolve(`node-${process.platform}-${process.arch}/package.json`);
    const node = path.join(path.dirname(manifest), 'bin/node');
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

function handOver(node) {
  const threads = process.env.UV_THREADPOOL_SIZE ?? String(Math.max(4, availableParallelism()));
  const child = spawn(node, [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, UV_THREADPOOL_SIZE: threads, NODE_USE_ENV_PROXY: '1' },
  });
  let asked;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Who asks again means it; within a second it is the same wish, by way of the terminal and of npx.
      asked ??= performance.now();
      child.kill(performance.now() - asked > 1000 ? 'SIGKILL' : signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`plimsoll could not start ${node}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 130 : (code ?? 1);
  });
}
