import { execFileSync } from 'node:child_process';
import { compareVersions } from '@plimsoll/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInstalled } from './servers.ts';

type Pair = readonly [string, string];

const PAIRS = 6000;
/** A shell and a macro take so many at a time. */
const BATCH = 500;
const missing = ['dpkg', 'rpm'].filter((program) => !isInstalled(program));
if (missing.length > 0) console.log(`test/real/versions: skipped in part, ${missing.join(' and ')} (of Debian) is not here`);

/** What another program makes of all pairs, in batches. */
function ask(pairs: readonly Pair[], answer: (batch: readonly Pair[]) => string): readonly number[] {
  const batches = Array.from({ length: Math.ceil(pairs.length / BATCH) }, (_, at) => pairs.slice(at * BATCH, (at + 1) * BATCH));
  return batches.flatMap((batch) => answer(batch).trim().split(/\s+/).map(Number));
}

/** Two versions of one shape; each second pair parts only near its end, where the rules are. */
function pairsOf(version: fc.Arbitrary<string>, part: fc.Arbitrary<string>, seed: number): readonly Pair[] {
  const near = fc.tuple(version, part, part).map(([start, x, y]): Pair => [start + x, start + y]);
  return fc.sample(fc.oneof(fc.tuple(version, version), near), { numRuns: PAIRS, seed });
}

function expectSame(scheme: 'deb' | 'rpm', pairs: readonly Pair[], theirs: readonly number[]): void {
  expect(theirs).toHaveLength(pairs.length);
  expect(new Set(theirs)).toEqual(new Set([-1, 0, 1]));
  const wrong = pairs.flatMap(([a, b], at) => (compareVersions(scheme, a, b) === theirs[at] ? [] : [`${a} ${theirs[at]} ${b}`]));
  expect(wrong).toEqual([]);
}

describe.runIf(!missing.includes('dpkg'))('deb, as dpkg itself orders', () => {
  it(`${PAIRS} pairs`, { timeout: 300_000 }, () => {
    const upstream = fc.tuple(fc.nat(12), fc.stringMatching(/^[0-2az.+~]{0,7}$/)).map(([first, rest]) => `${first}${rest}`);
    const version = fc
      .tuple(fc.constantFrom('', '', '', '0:', '1:', '10:'), upstream, fc.constantFrom('', '-1', '-0', '-1~bpo1', '-1+deb12u2', '-a'))
      .map((parts) => parts.join(''));
    const part = fc.stringMatching(/^[0-2az.+~]{0,3}$/);
    const pairs = pairsOf(version, part, 20_261_124);
    // A process each would take minutes in Node, and none in a shell.
    const theirs = ask(pairs, (batch) => {
      const lines = batch.map(
        ([a, b]) =>
          `if dpkg --compare-versions '${a}' lt '${b}'; then echo -1; elif dpkg --compare-versions '${a}' eq '${b}'; then echo 0; else echo 1; fi`,
      );
      return execFileSync('sh', { input: lines.join('\n'), encoding: 'utf8' });
    });
    expectSame('deb', pairs, theirs);
  });
});

describe.runIf(!missing.includes('rpm'))('rpm, as rpm itself orders', () => {
  const run = fc.stringMatching(/^[0-2aAz._+~^]{1,7}$/);
  const vercmp = (batch: readonly Pair[]) =>
    execFileSync('rpm', ['--eval', batch.map(([a, b]) => `%{lua:print(rpm.vercmp('${a}', '${b}'))}`).join(' ')], { encoding: 'utf8' });

  it(`${PAIRS} pairs of versions`, { timeout: 120_000 }, () => {
    const pairs = pairsOf(run, fc.stringMatching(/^[0-2aAz._+~^]{0,3}$/), 7);
    expectSame('rpm', pairs, ask(pairs, vercmp));
  });

  it(`${PAIRS} pairs with epochs and releases`, { timeout: 120_000 }, () => {
    const release = fc.constantFrom('', '-1', '-1.el8', '-1.el8_2', '-10.el9', '-2.amzn2023', '-1~rc1', '-1^git2', '-0');
    const version = fc.tuple(fc.constantFrom('', '', '0:', '1:', '10:'), run, release).map((parts) => parts.join(''));
    const pairs = pairsOf(version, fc.stringMatching(/^[0-2az._~^]{0,2}$/), 8);
    expectSame('rpm', pairs, ask(pairs, vercmp));
  });
});
