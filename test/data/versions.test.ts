import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../packages/core/src/version/compare.ts';
import { versionSchemes } from '../../packages/core/src/version/registry.ts';
import type { SchemeId } from '../../packages/core/src/version/types.ts';

const data = path.resolve(import.meta.dirname, '../../../shared/data/standards/versions');
const present = existsSync(data);
if (!present) console.log(`test/data/versions: skipped, ${data} is not there`);

interface Row {
  readonly a?: string;
  readonly b?: string;
  readonly op?: string;
  readonly version?: string;
  readonly parse?: string;
  readonly valid?: boolean;
  readonly ordered?: readonly string[];
  readonly kind?: string;
  readonly args?: readonly unknown[];
}

/** What `compare` may answer. Other operators of the tables (`~`, apk's fuzzy match) are no order. */
const wanted: Readonly<Record<string, readonly number[]>> = { '<': [-1], '=': [0], '>': [1], '!=': [-1, 1] };

const rowsOf = (table: string): readonly Row[] =>
  readFileSync(path.join(data, `${table}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);

/** Every row that the order gets wrong, as text, and how many rows were looked at. */
function judge(scheme: SchemeId, rows: readonly Row[]): { readonly wrong: readonly string[]; readonly looked: number } {
  const wrong: string[] = [];
  let looked = 0;
  const expectOrder = (a: string, b: string, op: string) => {
    const allowed = wanted[op];
    if (!allowed) return;
    looked += 1;
    const found = compareVersions(scheme, a, b);
    const back = compareVersions(scheme, b, a);
    if (!allowed.includes(found) || back + found !== 0) wrong.push(`${a} ${op} ${b}: ${found}`);
  };
  for (const { a, b, op, ordered = [], kind, args = [] } of rows) {
    if (a !== undefined && b !== undefined && op) expectOrder(a, b, op);
    for (const [position, version] of ordered.entries()) {
      for (const later of ordered.slice(position + 1)) expectOrder(version, later, '<');
    }
    if (kind === 'comparisons') expectOrder(String(args[0]), String(args[1]), '>');
    if (kind === 'equality') expectOrder(String(args[0]), String(args[1]), '=');
  }
  return { wrong, looked };
}

function judgeValidity(scheme: SchemeId, rows: readonly Row[]): { readonly wrong: readonly string[]; readonly looked: number } {
  const { valid: isValid } = versionSchemes.find(({ id }) => id === scheme) ?? { valid: () => false };
  const stated = rows.flatMap(({ version, parse, valid }) => {
    const text = version ?? parse;
    return text === undefined || valid === undefined ? [] : [{ text, valid }];
  });
  return { wrong: stated.filter(({ text, valid }) => isValid(text) !== valid).map(({ text }) => text), looked: stated.length };
}

describe.runIf(present)('the order tables of the ecosystems', () => {
  it.each([
    ['deb', 'dpkg', 15],
    ['apk', 'apk', 700],
    ['semver', 'semver', 60],
    ['pep440', 'pep440', 2000],
  ] as const)('%s', (scheme, table, atLeast) => {
    const { wrong, looked } = judge(scheme, rowsOf(table));
    expect(wrong).toEqual([]);
    expect(looked).toBeGreaterThan(atLeast);
  });

  it.each([
    ['deb', 'dpkg', 10],
    ['apk', 'apk', 5],
  ] as const)('what %s calls a version', (scheme, table, atLeast) => {
    const { wrong, looked } = judgeValidity(scheme, rowsOf(table));
    expect(wrong).toEqual([]);
    expect(looked).toBeGreaterThan(atLeast);
  });
});

const hasDpkg = spawnSync('dpkg', ['--version']).status === 0;
if (!hasDpkg) console.log('test/data/versions: dpkg is not there to be asked');

describe.runIf(hasDpkg)('deb, as dpkg itself orders', () => {
  it('any two versions', { timeout: 120_000 }, () => {
    const part = fc.stringMatching(/^[0-9a-z.+~]{0,6}$/);
    const version = fc
      .tuple(fc.constantFrom('', '', '0:', '1:', '10:'), fc.nat(12), part, fc.constantFrom('', '-1', '-0', '-1~bpo1', '-1+deb12u2', '-a'))
      .map(([epoch, first, rest, revision]) => `${epoch}${first}${rest}${revision}`);
    const pairs = fc.sample(fc.tuple(version, version), { numRuns: 1200, seed: 20_261_123 });
    // One shell asks for all: a process each would take minutes.
    const script = pairs
      .map(
        ([a, b]) =>
          `if dpkg --compare-versions '${a}' lt '${b}'; then echo -1; elif dpkg --compare-versions '${a}' eq '${b}'; then echo 0; else echo 1; fi`,
      )
      .join('\n');
    const answers = spawnSync('sh', { input: script, encoding: 'utf8', maxBuffer: 1 << 24 })
      .stdout.trim()
      .split('\n')
      .map(Number);
    const wrong = pairs.filter(([a, b], position) => compareVersions('deb', a, b) !== answers[position]);
    expect(answers).toHaveLength(1200);
    expect(wrong).toEqual([]);
  });
});
