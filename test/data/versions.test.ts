import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SchemeId } from '../../packages/core/src/version/types.ts';
import { judge, type Row } from './version-rows.ts';

const data = path.resolve(import.meta.dirname, '../../../shared/data/standards/versions');
const present = existsSync(data);
if (!present) console.log(`test/data/versions: skipped, ${data} is not there`);

/**
 * What npm calls the next pre-release may be older: where it replaces a word by a number, or drops it. And it takes no pre-release for newer
 * than a bound of another release, though it is.
 */
const NPM = [
  'version-lt-range >1.2.3 1.3.0-alpha',
  '3.0.0-alpha.beta.0 > 3.0.0-alpha.beta.gamma: -1',
  '3.0.0-alpha.beta.0 > 3.0.0-alpha.beta.gamma: -1',
  '1.2.3-dev.0 > 1.2.3-dev.bar: -1',
  '1.2.3-dev.0 > 1.2.3-dev.bar: -1',
  '1.2.3-dev.1 > 1.2.3-dev.bar: -1',
  '1.2.3-dev > 1.2.3-dev.bar: -1',
];

/** Rows that the scheme contradicts for a reason, and how many say nothing of an order, by why. */
const tables: readonly (readonly [SchemeId, string, readonly string[], Readonly<Record<string, number>>])[] = [
  ['apk', 'apk', [], { 'to be alike is no order': 6 }],
  ['deb', 'dpkg', [], {}],
  ['gem', 'gem', [], {}],
  ['maven', 'maven', [], {}],
  ['pep440', 'pep440', [], {}],
  [
    'pep440',
    'pep440-specifiers',
    [],
    {
      'is about local versions and posts, which < and > leave out': 49,
      'is about what is no version': 10,
      'is about whether pre-releases are wanted': 76,
      'is more than bounds': 134,
      'states no answer': 78,
    },
  ],
  ['rpm', 'rpmvercmp', [], {}],
  [
    'semver',
    'semver',
    NPM,
    { 'is about the grammar of npm’s ranges': 578, 'is about whether pre-releases are wanted': 3, 'is no text': 3, 'is refused': 10 },
  ],
];

describe.runIf(present)('the order tables of the ecosystems', () => {
  it.each(tables)('%s, every row of %s', (scheme, table, contradicted, silent) => {
    const rows = readFileSync(path.join(data, `${table}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const wrong: string[] = [];
    const not: Record<string, number> = {};
    for (const row of rows) {
      const verdict = judge(scheme, JSON.parse(row) as Row);
      if (verdict && 'wrong' in verdict) wrong.push(verdict.wrong);
      if (verdict && 'not' in verdict) not[verdict.not] = (not[verdict.not] ?? 0) + 1;
    }
    expect(wrong).toEqual(contradicted);
    expect(not).toEqual(silent);
  });
});
