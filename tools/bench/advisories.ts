import path from 'node:path';
import { type AdvisoryRecord, openAdvisoryDatabase } from '@plimsoll/core';
import type { Inventory } from '@plimsoll/model';
import { match } from '../../packages/core/src/match/match.ts';

/** Milliseconds, medians. */
export interface AdvisoryTimes {
  readonly open: number;
  readonly match: number;
  readonly matches: number;
}

/** Opens a database of made advisories and matches made packages against it: every hundredth of them has one. */
export async function timeAdvisories(
  folder: string,
  { advisories, packages, runs }: { readonly advisories: number; readonly packages: number; readonly runs: number },
): Promise<AdvisoryTimes> {
  const file = path.join(folder, 'advisories.db');
  {
    using database = openAdvisoryDatabase(file);
    const source = { id: 'osv', title: 'made', license: 'none', sample: false };
    await database.replace(source, { fingerprint: '1', updated: '2026-01-01T00:00:00Z' }, made(advisories));
  }
  const subjects = Array.from({ length: packages }, (_, index): Inventory['packages'][number] => {
    const name = index % 100 === 0 ? `p${index}` : `left-${index}`;
    const purl = `pkg:npm/${name}@1.5.0`;
    const common = { id: purl, purl, name, version: '1.5.0', type: 'npm' as const, introducedIn: 0, foundBy: 'node' };
    return { ...common, licenses: [], evidence: [], life: [] };
  });
  const opens: number[] = [];
  const times: number[] = [];
  let found = 0;
  for (let turn = 0; turn <= runs; turn += 1) {
    const start = performance.now();
    using database = openAdvisoryDatabase(file);
    const opened = performance.now();
    found = match(subjects, undefined, database).matches.length;
    const ended = performance.now();
    if (turn > 0) opens.push(opened - start);
    if (turn > 0) times.push(ended - opened);
  }
  return { open: median(opens), match: median(times), matches: found };
}

async function* made(count: number): AsyncGenerator<AdvisoryRecord> {
  for (let index = 0; index < count; index += 1) {
    const id = `CVE-2026-${10_000 + index}`;
    const affected = {
      ecosystem: 'npm',
      name: `p${Math.floor(index / 3)}`,
      scheme: 'semver' as const,
      ranges: [{ introduced: '1.0.0', fixed: '1.6.0' }],
      status: 'affected' as const,
    };
    const advisory = { id, aliases: [], summary: `made ${index}`, opinions: [], cwes: [], references: [], withdrawn: false };
    yield { kind: 'advisory', advisory: { ...advisory, affected: [affected] } };
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
