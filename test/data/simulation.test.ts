import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { adviseDockerfile, createContext, openWorkspace, type Workspace } from '@plimsoll/core';
import type { Candidate, Match, Report, Simulation } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const data = path.resolve(import.meta.dirname, '../../../shared/data');
const chain = path.join(data, 'images/chain');
const debian = `oci-dir://${path.join(chain, 'debian-thin.oci')}`;
const alpine = `oci-dir://${path.join(chain, 'alpine.oci')}`;
const context = createContext({ now: () => new Date('2026-11-01T00:00:00Z') });

/** `CVE-2024-1 openssl`, sorted: findings whatever their ids. */
function named({ inventory }: Report, matches: readonly Match[]): readonly string[] {
  const names = new Map(inventory.packages.map(({ id, name }) => [id, name]));
  return matches
    .filter(({ suppressed }) => !suppressed)
    .map(({ id, packageId }) => `${id} ${names.get(packageId)}`)
    .sort();
}

/** What a report's findings would be after a simulation. */
function after(report: Report, { changes }: Simulation): readonly string[] {
  const left = [...named(report, report.matches)];
  for (const { id, package: name } of changes.lost) left.splice(left.indexOf(`${id} ${name.split(' ')[0]}`), 1);
  return [...left, ...changes.gained.map(({ id, package: name }) => `${id} ${name.split(' ')[0]}`)].sort();
}

describe.skipIf(!existsSync(chain))('another base, and the image really built on it (skipped where ../shared/data is absent)', () => {
  let folder: string;
  let workspace: Workspace;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-simulation-'));
    workspace = openWorkspace({ dataDir: folder, cacheDir: folder });
    await workspace.updateAdvisories({ from: path.join(data, 'advisories') }, context);
    await workspace.addBases(debian, context);
    await workspace.addBases(alpine, context);
  }, 120_000);
  afterAll(() => {
    workspace[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const report = async (input: string, ref: string) => workspace.assess(await workspace.index(input, { ref }, context), context);
  const digestOf = (name: string) => {
    const found = workspace.bases.list().find((record) => record.name === name && record.platform.architecture === 'amd64');
    if (!found) throw new Error(`${name} is not in the base index`);
    return found.digest;
  };
  const simulate = async (input: string, ref: string, from: string, to: string) => {
    await workspace.index(input, { ref: to }, context);
    const now = await report(input, ref);
    return { now, later: workspace.simulate(now.inventory.image.digest, { base: digestOf(from), candidate: digestOf(to) }, context) };
  };

  it('Alpine: packages, findings and settings are those of the image that was rebuilt', async () => {
    const { now, later } = await simulate(alpine, 'shop-alpine_1.4.2', 'node_18-alpine', 'node_18-alpine3.20');
    const rebuilt = await report(alpine, 'shop-alpine-newbase_1.4.2');
    expect(later.counts).toEqual(rebuilt.counts);
    expect(after(now, later)).toEqual(named(rebuilt, rebuilt.matches));
    const versions = new Map(rebuilt.inventory.packages.map(({ type, name, version }) => [`${type} ${name}`, version]));
    expect(later.changes.packages.length).toBeGreaterThan(5);
    for (const { type, name, to } of later.changes.packages) expect(`${name} ${to}`).toBe(`${name} ${versions.get(`${type} ${name}`)}`);
    expect(later.config).toEqual([]);
    expect(later.packages.estimated).toBe(0);
  });

  it('Debian: what the base brings is that of an image on the new base, what the image brings stays', async () => {
    const { now, later } = await simulate(debian, 'shop-api_1.4.2', 'python_3.9-slim', 'python_3.9-slim-new');
    const other = await report(debian, 'shop-api_1.5.0'); // the new base under another app
    const own = (found: Report) => found.matches.filter(({ package: purl }) => purl.startsWith('pkg:npm/'));
    const base = other.matches.filter((found) => !own(other).includes(found));
    expect(after(now, later)).toEqual([...named(now, own(now)), ...named(other, base)].sort());
    expect(later.vulnerabilities.lost).toBeGreaterThan(0);
    expect(later.changes.packages.every(({ from, to }) => from !== undefined && to !== undefined)).toBe(true);
  });

  it('gives candidates with what they would do, and a plan that is no worse than doing nothing', async () => {
    const { inventory } = await report(debian, 'shop-api_1.4.2');
    await workspace.indexCandidates(inventory.image.digest, { most: 5 }, context);
    const { recommendations, counts, matches } = workspace.report(inventory.image.digest, context);
    const [python] = recommendations.bases;
    const newer = python?.change.find(({ name }) => name === 'python_3.9-slim-new') as Candidate;
    expect(newer.predicted).toEqual(newer.simulation?.counts);
    expect(newer.score).toBeCloseTo(
      newer.reasons.reduce((sum, { weight }) => sum + weight, 0),
      5,
    );
    expect(newer.reasons.map(({ rule }) => rule)).toContain('prediction');
    const { plan } = recommendations;
    expect(plan.length).toBeGreaterThan(1);
    const total = (found: Record<string, number>) => Object.values(found).reduce((sum, count) => sum + count, 0);
    let before = total(counts);
    for (const { after: left, removes, adds } of plan) {
      expect(total(left)).toBe(before - total(removes) + total(adds));
      before = total(left);
    }
    expect(before).toBeLessThan(total(counts) / 2);
    expect(matches.length).toBeGreaterThan(100);
  });

  it('reads the Dockerfile that the build attests: lines, and the argument to build with', async () => {
    const now = await report(alpine, 'shop-alpine_1.4.2');
    const { dockerfile } = now.inventory.image.provenance ?? {};
    expect(dockerfile).toMatchObject({ file: 'Dockerfile.alp', arguments: { BASE: 'node:18-alpine' } });
    const advice = adviseDockerfile(now, { text: '', file: '', ...dockerfile, pin: false });
    const lines = Object.fromEntries(advice.lines.map(({ lines: [line], layers }) => [line, layers]));
    // ARG in line 1 is before the FROM; USER, EXPOSE and the like make empty layers.
    expect(lines).toMatchObject({ 2: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 6: [13], 7: [14], 8: [15], 9: [16], 10: [17] });
    expect(advice.notes).toEqual([]);
    expect(advice.changes.find(({ candidate }) => candidate?.name === 'node_18-alpine3.20')?.notes).toEqual([
      'build with --build-arg BASE=node:18-alpine3.20',
    ]);
  });
});
