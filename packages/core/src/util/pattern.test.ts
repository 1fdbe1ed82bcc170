import { describe, expect, it } from 'vitest';
import { fitsPattern } from './pattern.ts';

describe('fitsPattern', () => {
  it.each<[string, string, boolean]>([
    ['lodash', 'lodash', true],
    ['lodash', 'lodas', false],
    ['usr/lib/x.js', 'usr/lib/*', true],
    ['usr/lib/x.js', '*.js', true],
    ['usr/lib/x.js', 'usr*x*s', true],
    ['ab', 'ab*b', false],
    ['anything', '*', true],
    ['', '*', true],
    ['a.b', 'a?b', false],
  ])('%s and %s: %s', (text, pattern, expected) => {
    expect(fitsPattern(text, pattern)).toBe(expected);
  });

  it('takes no longer for many stars', () => {
    expect(fitsPattern('a'.repeat(100_000), `${'*a'.repeat(1000)}*b`)).toBe(false);
  });
});
