import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createContext, openWorkspace } from '@plimsoll/core';
import { buildImage, fillSample, writeOciLayout } from '@plimsoll/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { listFiles, readSource, root } from './sources.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('examples', () => {
  it('are listed in their README', () => {
    const { text } = readSource('examples/README.md');
    expect(listFiles('.ts').filter((file) => file.startsWith('examples/') && !text.includes(`](${path.basename(file)})`))).toEqual([]);
  });

  it('order-versions.ts', async () => {
    expect(await run('order-versions.ts', ['deb', '1.0', '1.0~rc1', '1:0.1'])).toBe('1.0~rc1\n1.0\n1:0.1\n');
  }, 60_000);

  it('packages-by-layer.ts', async () => {
    const installed = { path: 'lib/apk/db/installed', content: 'P:musl\nV:1.2.3-r4\n' };
    const base = buildImage({ layers: [{ createdBy: 'ADD', files: [installed] }] });
    const module = { path: 'app/node_modules/left-pad/package.json', content: '{"name":"left-pad","version":"1.3.0"}' };
    const app = buildImage({ base, layers: [{ createdBy: 'COPY', files: [module] }] });
    const layout = path.join(folder, 'layout');
    await writeOciLayout(layout, [{ ref: 'app:1', image: app }]);
    expect(await run('packages-by-layer.ts', [`oci-dir://${layout}`])).toBe('layer 0: musl 1.2.3-r4\nlayer 1: left-pad 1.3.0\n');
  }, 60_000);

  it('exploited.ts', async () => {
    const data = path.join(folder, 'data');
    {
      // Closed before the example, a program of its own, opens the same files.
      using workspace = openWorkspace({ dataDir: data, cacheDir: path.join(data, 'cache') });
      await fillSample(workspace, data, createContext({ offline: true }));
    }
    const out = await run('exploited.ts', [`oci-dir://${data}/images/2023-10`, 'registry.local/shop/api:2.4'], { PLIMSOLL_DATA_DIR: data });
    expect(out).toContain('CVE-2023-4863  pkg:pypi/pillow@10.0.0');
    expect(out).toContain('fixed in 10.0.1');
  }, 60_000);
});

async function run(example: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const flags = ['--conditions=plimsoll-source', '--disable-warning=ExperimentalWarning'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, path.join(root, 'examples', example), ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return stdout;
}
