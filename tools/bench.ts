/**
 * Times the built program on an image made from this machine's own files, beside what inflating and hashing alone takes, beside
 * `gzip -dc | sha256sum`, and beside peers from npm; prints medians and ratios.
 * `npm run bench -- --megabytes 600 --layers 5 --runs 5 --packing zstd --small --peers --advisories`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { timeAdvisories } from './bench/advisories.ts';
import { type MadeImage, makeImage } from './bench/image.ts';
import { inflateAlone } from './bench/inflate.ts';
import { measure, type Row, run } from './bench/measure.ts';
import { dockerArchive, installPeers } from './bench/peers.ts';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '600' },
    layers: { type: 'string', default: '5' },
    runs: { type: 'string', default: '5' },
    packing: { type: 'string', default: 'gzip' },
    small: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    advisories: { type: 'boolean', default: false },
  },
});
const root = path.resolve(import.meta.dirname, '..');
const runs = Number(values.runs);
const packing = values.packing === 'zstd' ? 'zstd' : 'gzip';
const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-bench-'));

try {
  run([path.join(root, 'node_modules/.bin/tsc'), '-b', path.join(root, 'packages/cli')]);
  const image = makeImage(folder, { bytes: Number(values.megabytes) * 1e6, count: Number(values.layers), packing, small: values.small });
  const data = path.join(folder, 'data');
  const env = { PLIMSOLL_DATA_DIR: data, PLIMSOLL_CACHE_DIR: data, PLIMSOLL_OFFLINE: '1' };
  const input = `oci-dir://${image.layout}`;
  const forget = () => rmSync(data, { recursive: true, force: true });
  const unpack = packing === 'gzip' ? 'gzip -dc' : 'zstd -dc';
  const alone = await inflateAlone(image, packing);
  const rows: Row[] = [
    { name: 'inflate and hash, ideal', seconds: alone, megabytes: 0 },
    await measure(`${unpack} | sha256sum`, ['sh', '-c', `for l in ${image.layers.join(' ')}; do ${unpack} $l | sha256sum; done`], { runs }),
    await measure('packages, cold', program('packages', input, '--format', 'json'), { runs, env, before: forget }),
    await measure('packages, warm', program('packages', input, '--format', 'json'), { runs, env }),
    await measure('cves, warm', program('cves', input, '--format', 'json'), { runs, env }),
    await measure('version', program('version'), { runs, env }),
  ];
  if (values.peers && packing === 'gzip') {
    const archive = dockerArchive(folder, image);
    const inflated = program('packages', `archive://${archive}`, '--format', 'json');
    rows.push(await measure('packages, cold, docker save', inflated, { runs, env, before: forget }));
    for (const { name, command } of installPeers(folder, archive)) rows.push(await measure(name, command, { runs }));
  }
  print(rows, image);
  if (values.advisories) {
    const { open, match, matches } = await timeAdvisories(folder, { advisories: 300_000, packages: 2000, runs });
    console.log(
      `300,000 advisories: opened in ${open.toFixed(1)} ms, 2,000 packages matched in ${match.toFixed(1)} ms (${matches} matches)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The program as it is published: built, not from its sources. */
function program(...args: readonly string[]): readonly string[] {
  const main = pathToFileURL(path.join(root, 'packages/cli/dist/main.js')).href;
  const start = `require('node:module').enableCompileCache(); import('${main}').then(({ main }) => main(process.argv.slice(1)))`;
  return [process.execPath, '--disable-warning=ExperimentalWarning', '-e', start, '--', ...args];
}

function print(rows: readonly Row[], { layers, stored, inflated, files }: MadeImage): void {
  const [, plain] = rows;
  const mega = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const machine = `${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`;
  console.log(`${layers.length} ${packing} layers, ${files} files, ${mega(stored)} stored, ${mega(inflated)} inflated; ${machine}`);
  for (const { name, seconds, megabytes } of rows) {
    const ratio = plain ? (seconds / plain.seconds).toFixed(2) : '-';
    console.log(`${name.padEnd(44)} ${seconds.toFixed(2).padStart(7)} s  ${ratio.padStart(6)} x  ${megabytes.toFixed(0).padStart(5)} MB`);
  }
}
