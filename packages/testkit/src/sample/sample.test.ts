import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createContext, openWorkspace, type Workspace } from '@plimsoll/core';
import { type Diagnostic, type Report, reportSchema } from '@plimsoll/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alpineFacts, debianFacts } from './distro-facts.data.ts';
import { fillSample } from './fill-sample.ts';
import { sampleImages } from './images.data.ts';
import { languageFacts } from './language-facts.data.ts';
import { exploited, likelihoods } from './scores.data.ts';
import { buildFleet } from './write-fleet.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-sample-'));
const diagnostics: Diagnostic[] = [];
const context = createContext({
  offline: true,
  now: () => new Date('2025-03-01T12:00:00Z'),
  fetch: () => Promise.reject(new Error('the sample fetches nothing')),
  diagnose: (diagnostic) => diagnostics.push(diagnostic),
});
let workspace: Workspace;
let reports: readonly Report[];

beforeAll(async () => {
  workspace = openWorkspace({ dataDir: folder, cacheDir: path.join(folder, 'cache') });
  await fillSample(workspace, folder, context);
  reports = workspace.inventories.list().map(({ digest }) => workspace.report(digest, context));
}, 60_000);

afterAll(() => {
  workspace?.[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe('the sample', () => {
  it('has every image of the fleet, without a fault', () => {
    expect(reports).toHaveLength(sampleImages.length);
    expect(diagnostics).toEqual([]);
    for (const report of reports) {
      expect(report.diagnostics).toEqual([]);
      expect(report.coverage.gaps).toEqual([]);
      expect(reportSchema.safeParse(report).success).toBe(true);
    }
  });

  it('is marked as the sample in each advisory source', () => {
    const status = workspace.advisories.status().filter(({ state }) => state === 'ready');
    expect(status.map(({ id }) => id).sort()).toEqual(['alpine-secdb', 'debian-tracker', 'epss', 'kev', 'osv']);
    expect(status.every(({ sample }) => sample)).toBe(true);
    expect(status.every(({ date }) => date?.startsWith('2025-03-01'))).toBe(true);
  });

  it('has no fact that is about no package of the fleet, now or in a lower layer', () => {
    const met = new Set(
      reports.flatMap(({ matches, hiddenMatches, fixedMatches }) => [...matches, ...hiddenMatches, ...fixedMatches].map(({ id }) => id)),
    );
    const known = new Set(['CVE-2022-37434']); // fixed in Alpine 3.17 from its first day on: shows that it is not found
    const facts = [...debianFacts.map(({ id }) => id), ...alpineFacts.map(({ id }) => id), ...languageFacts.map(({ cve }) => cve)];
    expect(facts.filter((id) => !met.has(id) && !known.has(id))).toEqual([]);
    expect([...known].filter((id) => met.has(id))).toEqual([]);
    expect([...exploited, ...likelihoods].map(([id]) => id).filter((id) => !met.has(id))).toEqual([]);
  });
});

describe('the shop API 2.4', () => {
  it('stands on python and debian, both outdated, python as the build attests', () => {
    const { hierarchy } = reportOf('registry.local/shop/api:2.4');
    expect(hierarchy.map(({ candidates, confidence, outdated, self }) => [candidates[0], confidence, outdated, self])).toEqual([
      ['debian:12-slim', 'matched', true, false],
      ['python:3.12-slim', 'verified', true, false],
      ['registry.local/shop/api:2.4', 'verified', expect.anything(), true],
    ]);
    expect(hierarchy[1]?.latestCounts).toBeDefined();
  });

  it('could stand on other tags of its base, each with both sides', () => {
    const { recommendations } = reportOf('registry.local/shop/api:2.4');
    const [python] = recommendations.bases.filter(({ current }) => current.name.startsWith('python'));
    expect(python?.refresh.map(({ name }) => name)).toEqual(['python:3.12-slim']);
    expect(python?.change.map(({ name }) => name).sort()).toEqual(['python:3.11-slim', 'python:3.13-slim']);
  });

  it('has findings that are exploited and fixable, unfixed and unspecified', () => {
    const { matches, exploited: known } = reportOf('registry.local/shop/api:2.4');
    expect(known).toBeGreaterThan(0);
    expect(matches.find(({ id }) => id === 'CVE-2023-4863')).toMatchObject({ fixedIn: '10.0.1', kev: { dateAdded: '2023-09-13' } });
    expect(matches.find(({ id }) => id === 'CVE-2023-4911')).toMatchObject({ severity: 'high', fixedIn: '2.36-9+deb12u3' });
    expect(matches.some(({ fixedIn }) => fixedIn === undefined)).toBe(true);
    expect(matches.some(({ severity }) => severity === 'unspecified')).toBe(true);
    expect(matches.some(({ status }) => status === 'will-not-fix')).toBe(true);
  });

  it('fixed some in later layers, by an upgrade of a deb and of a wheel', () => {
    const { fixedMatches, inventory } = reportOf('registry.local/shop/api:2.4');
    expect(new Set(fixedMatches.map(({ id }) => id))).toContain('CVE-2023-3446');
    expect(new Set(fixedMatches.map(({ id }) => id))).toContain('CVE-2023-32681');
    expect(inventory.packages.find(({ name }) => name === 'requests')?.life.map(({ kind, to }) => [kind, to])).toEqual([
      ['added', '2.28.2'],
      ['upgraded', '2.31.0'],
    ]);
  });

  it('ships packages and a cache that nobody sees', () => {
    const { inventory, hiddenMatches } = reportOf('registry.local/shop/api:2.4');
    expect(inventory.hidden.map(({ name }) => name)).toEqual(expect.arrayContaining(['terser', 'webpack', 'requests', 'libssl3']));
    expect(hiddenMatches.map(({ id }) => id)).toContain('CVE-2022-25858');
    expect(inventory.files.wastedBytes).toBeGreaterThan(12_000_000);
  });

  it('has less to fear in 2.5', () => {
    const before = reportOf('registry.local/shop/api:2.4');
    const after = reportOf('registry.local/shop/api:2.5');
    expect(after.counts.critical + after.counts.high).toBeLessThan((before.counts.critical + before.counts.high) / 3);
    expect(after.hierarchy.map(({ outdated }) => outdated)).not.toContain(true);
    expect(after.hierarchy[1]?.confidence).toBe('matched');
  });
});

describe('the shop web 1.8', () => {
  it('stands on node and alpine, both outdated', () => {
    const { hierarchy, matches } = reportOf('registry.local/shop/web:1.8');
    expect(hierarchy.map(({ candidates, outdated }) => [candidates[0], outdated])).toEqual([
      ['alpine:3.17', true],
      ['node:18-alpine', true],
      ['registry.local/shop/web:1.8', expect.anything()],
    ]);
    expect(matches.map(({ id }) => id)).toContain('CVE-2022-3996');
    expect(matches.map(({ id }) => id)).not.toContain('CVE-2022-37434');
  });
});

describe('the fleet in memory', () => {
  it('is the same each time', () => {
    expect(buildFleet().map(({ result }) => result.digest)).toEqual(buildFleet().map(({ result }) => result.digest));
  });
});

function reportOf(name: string): Report {
  const report = reports.find(({ inventory }) => inventory.image.name === name);
  if (!report) throw new Error(`no report of ${name}: ${reports.map(({ inventory }) => inventory.image.name).join(', ')}`);
  return report;
}
