import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../version/compare.ts';
import { inRange, rangeText } from '../../version/range.ts';
import { type Interval, intervalOf, rangesBetween, toRange } from './requirements.ts';

const interval = (text: string): Interval => {
  const found = intervalOf(text.split(','), 'gem');
  if (!found) throw new Error(text);
  return found;
};
const between = (patched: readonly string[], unaffected: readonly string[]) =>
  rangesBetween(patched.map(interval), unaffected.map(interval), 'gem');

describe('intervalOf', () => {
  it.each([
    ['>= 1.2', '>=1.2'],
    ['> 1.2, <= 2', '>1.2, <=2'],
    ['1.2', '>=1.2, <=1.2'],
    ['== 1.2', '>=1.2, <=1.2'],
    ['~> 2.2.8', '>=2.2.8, <2.3'],
    ['~> 2.2', '>=2.2, <3'],
    ['~> 2', '>=2, <3'],
    ['~> 2.2.0.rc1', '>=2.2.0.rc1, <2.3'],
    ['~> 2.2.8, >= 2.2.8.1', '>=2.2.8.1, <2.3'],
    ['< 3, < 2, <= 2', '<2'],
    ['>= 1, > 1', '>1'],
  ])('reads %s', (text, expected) => {
    expect(rangeText(toRange(interval(text), true))).toBe(expected);
  });

  it.each(['', 'latest', '!= 1', '>= ', '^1', `>= ${'1'.repeat(300)}`, Array(20).fill('> 1').join(',')])('does not read %j', (text) => {
    expect(intervalOf(text.split(','), 'gem')).toBeUndefined();
  });
});

describe('rangesBetween', () => {
  it.each<[string, readonly string[], readonly string[], readonly object[]]>([
    ['everything, where nothing is said', [], [], [{ introduced: '0' }]],
    ['to a fix', ['>= 1.2'], [], [{ introduced: '0', fixed: '1.2' }]],
    [
      'several lines, in any order',
      ['>= 3.0.1', '~> 2.2.8'],
      ['< 2.0'],
      [
        { introduced: '2.0', fixed: '2.2.8' },
        { introduced: '2.3', fixed: '3.0.1' },
      ],
    ],
    [
      'a version that is not a fix',
      ['>= 2.0'],
      ['= 1.4'],
      [
        { introduced: '0', before: '1.4' },
        { after: '1.4', fixed: '2.0' },
      ],
    ],
    ['up to one that is still affected', ['> 1.2'], ['<= 1.0'], [{ after: '1.0', lastAffected: '1.2' }]],
    ['nothing, where all is well', ['>= 0'], [], [{ introduced: '0', fixed: '0' }]],
    ['nothing between what touches', ['>= 2'], ['< 2'], []],
    ['once, where they overlap', ['>= 1.5', '~> 1.2'], ['< 1.1'], [{ introduced: '1.1', fixed: '1.2' }]],
    ['what never was fixed', [], ['< 1.1'], [{ introduced: '1.1' }]],
  ])('finds %s', (_name, patched, unaffected, expected) => {
    expect(between(patched, unaffected)).toEqual(expected);
  });

  it('leaves a bound out where it is not in it', () => {
    const [range = {}] = between(['> 1.2'], ['<= 1.0']);
    expect(['1.0', '1.0.1', '1.2', '1.2.1'].map((version) => inRange('gem', version, range))).toEqual([false, true, true, false]);
  });

  const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((numbers) => numbers.join('.'));
  const requirement = fc.tuple(fc.constantFrom('>=', '>', '<', '<=', '=', '~>'), version).map((parts) => parts.join(' '));
  const lines = fc.array(fc.array(requirement, { minLength: 1, maxLength: 3 }), { maxLength: 4 });

  /** Each requirement by itself, as RubyGems would ask. */
  function fits(text: string, candidate: string): boolean {
    const [sign = '', bound = ''] = text.split(' ');
    const order = compareVersions('gem', candidate, bound);
    const [major, minor] = bound.split('.').map(Number);
    switch (sign) {
      case '~>':
        return order >= 0 && compareVersions('gem', candidate, `${major}.${(minor ?? 0) + 1}`) < 0;
      case '=':
        return order === 0;
      default:
        return (sign.startsWith('>') && order > 0) || (sign.startsWith('<') && order < 0) || (sign.endsWith('=') && order === 0);
    }
  }

  it('holds a version exactly where no line does', () => {
    fc.assert(
      fc.property(lines, lines, version, (patched, unaffected, candidate) => {
        const read = (all: readonly (readonly string[])[]) => all.map((line) => interval(line.join(',')));
        const ranges = rangesBetween(read(patched), read(unaffected), 'gem');
        const isSound = [...patched, ...unaffected].some((line) => line.every((text) => fits(text, candidate)));
        expect(ranges.some((range) => inRange('gem', candidate, range))).toBe(!isSound);
      }),
      { numRuns: 2000 },
    );
  });
});
