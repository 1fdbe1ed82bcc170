import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, openImage, openWorkspace } from '@plimsoll/core';
import { describe, expect, it } from 'vitest';
import { isInstalled } from './servers.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/data/images/rpm');
const missing = [...(isInstalled('rpm') ? [] : ['rpm (Debian: rpm)']), ...(existsSync(folder) ? [] : ['../shared/data/images/rpm'])];
if (missing.length > 0) console.log(`test/real/rpm: skipped, ${missing.join(' and ')} is not here`);
const images = missing.length > 0 ? [] : readdirSync(folder).filter((file) => file.endsWith('.tar'));
const FORMAT = '%{NAME} %|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE} %{ARCH} %{SOURCERPM}\\n';

describe.runIf(missing.length === 0)('rpm’s own word', () => {
  it.for(images)('%s: every package, version, architecture and source', async (file, { skip }) => {
    const root = mkdtempSync(path.join(tmpdir(), 'plimsoll-rpm-'));
    try {
      const context = createContext();
      using workspace = openWorkspace({ dataDir: path.join(root, 'data'), cacheDir: path.join(root, 'cache') });
      const { packages } = await workspace.index(path.join(folder, file), {}, context);
      const ours = packages.filter(({ type }) => type === 'rpm');
      await using image = await openImage(path.join(folder, file), {}, context);
      const unpacked = path.join(root, 'root');
      mkdirSync(unpacked);
      for (const layer of image.layers) {
        const range = await layer.locate();
        const bytes = Buffer.concat(await Array.fromAsync(layer.read()));
        expect(range === undefined || range.length === bytes.length).toBe(true);
        execFileSync('tar', [...(bytes[0] === 0x1f ? ['-z'] : []), '-xf', '-', '-C', unpacked, '--no-same-owner'], { input: bytes });
      }
      const place = ['var/lib/rpm', 'usr/lib/sysimage/rpm'].map((at) => path.join(unpacked, at)).find((at) => existsSync(at)) ?? '';
      const kind = readdirSync(place).includes('rpmdb.sqlite') ? 'sqlite' : readdirSync(place).includes('Packages.db') ? 'ndb' : 'bdb_ro';
      const asked = spawnSync('rpm', ['--dbpath', place, '--define', `_db_backend ${kind}`, '-qa', '--qf', FORMAT], { encoding: 'utf8' });
      if (asked.stderr.includes('dummy database')) skip(`this rpm was built without ${kind}`);
      const theirs = asked.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('gpg-pubkey '));
      expect(theirs.length).toBeGreaterThan(0);
      const lines = ours.map(({ name, version, architecture }) => `${name} ${version} ${architecture ?? '(none)'}`);
      expect(lines.toSorted()).toEqual(theirs.map((line) => line.split(' ').slice(0, 3).join(' ').replace(/ 0:/, ' ')).toSorted());
      for (const { name, origin } of ours) {
        const source = theirs.find((line) => line.startsWith(`${name} `))?.split(' ')[3];
        expect(`${origin ? `${origin.name}-${origin.version}.src.rpm` : source}`).toBe(source);
      }
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
