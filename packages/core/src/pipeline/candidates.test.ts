import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BuiltImage, buildImage, startMemoryRegistry } from '@plimsoll/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContext } from '../util/context.ts';
import type { Workspace } from './types.ts';
import { openWorkspace } from './workspace.ts';

let folder: string;
let workspace: Workspace;
let clock = Date.parse('2026-06-01T00:00:00Z');
const diagnostics: string[] = [];
const context = createContext({
  env: { DOCKER_CONFIG: '/nowhere' },
  now: () => {
    clock += 1000;
    return new Date(clock);
  },
  diagnose: ({ message }) => void diagnostics.push(message),
});
beforeEach(() => {
  diagnostics.length = 0;
  folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-candidates-'));
  workspace = openWorkspace({ dataDir: folder, cacheDir: folder });
});
afterEach(() => {
  workspace[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const npm = (name: string, version: string) => ({
  path: `app/node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version }),
});
const base = (version: string, created: string): BuiltImage =>
  buildImage({ layers: [{ createdBy: `ADD ${version}`, created, files: [{ path: 'version', content: version }, npm('tool', version)] }] });
const [one, two] = [base('1.0.0', '2026-01-01T00:00:00Z'), base('2.0.0', '2026-02-01T00:00:00Z')];
const app = buildImage({ base: one, layers: [{ createdBy: 'COPY app', files: [npm('mine', '1.0.0')] }] });

describe('a base whose tag moves', () => {
  it('is noticed, read for its counts within a limit, and not listed as an image', async () => {
    await using registry = await startMemoryRegistry();
    registry.push('base/node', '18', one);
    registry.push('shop/app', '1', app);
    await workspace.addBases(`registry://${registry.host}/base/node`, context);
    const { image } = await workspace.index(`${registry.host}/shop/app:1`, {}, context);
    registry.push('base/node', '18', two);
    await workspace.syncBases(undefined, {}, context);

    const [advice] = workspace.report(image.digest, context).recommendations.bases;
    expect(advice).toMatchObject({ state: 'outdated', refresh: [{ digest: two.digest }] });
    expect(advice?.refresh[0]?.packages).toBeUndefined();

    expect(await workspace.indexCandidates(image.digest, { most: 5, maxBytes: 10 }, context)).toBe(0);
    expect(await workspace.indexCandidates(image.digest, { most: 5 }, context)).toBe(2);
    expect(workspace.inventories.list().map(({ digest }) => digest)).toEqual([image.digest]);
    const [candidate] = workspace.report(image.digest, context).recommendations.bases[0]?.refresh ?? [];
    expect(candidate?.packages).toBe(1);
    expect(candidate?.simulation?.packages).toMatchObject({ changed: 1, gained: 0, lost: 0 });
    const { changes } = workspace.simulate(image.digest, { base: one.digest, candidate: two.digest }, context);
    expect(changes.packages).toEqual([{ type: 'npm', name: 'tool', from: '1.0.0', to: '2.0.0', estimated: false }]);
    expect(() => workspace.simulate(image.digest, { base: two.digest, candidate: one.digest }, context)).toThrow(
      expect.objectContaining({ code: 'IMAGE_NOT_FOUND' }),
    );
  });

  it('that is gone from its registry becomes a diagnostic', async () => {
    const registry = await startMemoryRegistry();
    registry.push('base/node', '18', one);
    registry.push('shop/app', '1', app);
    await workspace.addBases(`registry://${registry.host}/base/node`, context);
    const { image } = await workspace.index(`${registry.host}/shop/app:1`, {}, context);
    await registry[Symbol.asyncDispose]();
    expect(await workspace.indexCandidates(image.digest, { most: 5 }, context)).toBe(0);
    expect(diagnostics.join()).toContain('base/node:18 was not indexed');
  });
});

describe('an image’s own tag', () => {
  it('is asked for, and why it cannot be told is said', async () => {
    const registry = await startMemoryRegistry();
    registry.push('shop/app', '1', app);
    const { image } = await workspace.index(`${registry.host}/shop/app:1`, {}, context);
    const advice = () => workspace.report(image.digest, context).recommendations.image;
    await workspace.checkTag(image.digest, context);
    expect(advice()).toMatchObject({ state: 'current', checked: expect.any(String) });
    registry.push('shop/app', '1', two);
    await workspace.checkTag(image.digest, context);
    expect(advice()).toMatchObject({ state: 'outdated', latest: { digest: two.digest } });
    registry.push('shop/app', '1', app);
    await workspace.checkTag(image.digest, context);
    expect(advice().state).toBe('current');
    await registry[Symbol.asyncDispose]();
    await workspace.checkTag(image.digest, context);
    expect(advice()).toMatchObject({ state: 'unknown', reason: expect.stringMatching(/^cannot tell: .*127\.0\.0\.1/) });
  });
});
