import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { zippedFiles } from '../../packages/core/src/util/zip.ts';
import { compareVersions } from '../../packages/core/src/version/compare.ts';
import type { SchemeId } from '../../packages/core/src/version/types.ts';

const data = path.resolve(import.meta.dirname, '../../../shared/data/advisories');
const documents = ['ghsa-subset/ghsa-osv.zip', 'pypa/all.zip'].map((name) => path.join(data, name));
const present = documents.every((file) => existsSync(file));
if (!present) console.log(`test/data/enumerated-versions: skipped, ${data} is not there`);

function* textsOf(documents: readonly string[]): Generator<string> {
  for (const document of documents) {
    for (const file of zippedFiles(document)) {
      if (file.name.endsWith('.json')) yield Buffer.from(file.read(16 << 20)).toString();
    }
  }
}

interface Affected {
  readonly package: { readonly ecosystem: string };
  readonly ranges?: readonly { readonly type: string; readonly events: readonly Readonly<Record<string, string>>[] }[];
  readonly versions?: readonly string[];
}

const schemes = new Map<string, SchemeId>([
  ['Maven', 'maven'],
  ['NuGet', 'nuget'],
  ['Packagist', 'composer'],
  ['PyPI', 'pep440'],
  ['RubyGems', 'gem'],
]);

/** Whether a run of versions holds one: it is after as many beginnings as ends, and one more. */
function holds(scheme: SchemeId, events: readonly Readonly<Record<string, string>>[], version: string): boolean {
  const since = (bound: string | undefined, orders: readonly number[]) =>
    bound !== undefined && (bound === '0' || orders.includes(compareVersions(scheme, version, bound)));
  const begun = events.filter(({ introduced }) => since(introduced, [0, 1])).length;
  const ended = events.filter(({ fixed, last_affected: last }) => since(fixed, [0, 1]) || since(last, [1])).length;
  return begun > ended;
}

describe.runIf(present)('versions that OSV names beside ranges', () => {
  it('lie in them by our orders', { timeout: 120_000 }, () => {
    const looked = new Map<string, number>();
    const outside = new Set<string>();
    for (const text of textsOf(documents)) {
      const { id, affected = [] } = JSON.parse(text) as { id: string; affected?: readonly Affected[] };
      for (const { package: found, ranges = [], versions = [] } of affected) {
        const scheme = schemes.get(found.ecosystem);
        const runs = ranges.filter(({ type }) => type === 'ECOSYSTEM');
        if (!scheme || runs.length === 0) continue;
        for (const version of versions) {
          looked.set(scheme, (looked.get(scheme) ?? 0) + 1);
          if (!runs.some(({ events }) => holds(scheme, events, version))) outside.add(`${id} ${scheme} ${version}`);
        }
      }
    }
    // Records that name what their ranges leave out.
    const known = ['PYSEC-2023-177 pep440 23.9.0', 'PYSEC-2023-177 pep440 23.9.0.post1'];
    for (const version of ['3.2a1', '3.2b1', '3.2rc1', '4.2a1', '4.2b1', '4.2rc1']) known.push(`PYSEC-2023-61 pep440 ${version}`);
    // A range from 9.0.0-M11 on: Maven once took what follows a dot for newer than what follows a hyphen.
    for (const milestone of [1, 10, 3, 4, 6, 8, 9]) known.push(`GHSA-f4qf-m5gf-8jm8 maven 9.0.0.M${milestone}`);
    expect([...outside].toSorted()).toEqual(known.toSorted());
    expect(Object.fromEntries(looked)).toEqual({ composer: 59, gem: 199, maven: 29_195, nuget: 104, pep440: 140_941 });
  });
});
