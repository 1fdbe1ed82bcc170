import { describe, expect, it } from 'vitest';
import { fitsGlobs, literalTags, parseGlobs } from './globs.ts';

describe('globs of tags', () => {
  it.each([
    ['3.12-slim', ['3.*-slim'], true],
    ['3.12', ['3.*-slim'], false],
    ['3.12', ['3.1?'], true],
    ['3.1', ['3.1?'], false],
    ['latest', [], true],
    ['3.12-rc', ['3.*', '!*-rc'], false],
    ['3.12', ['!*-rc'], true],
    ['a.b', ['a?b'], true],
    ['axb', ['a.b'], false],
    ['', ['*'], true],
    [`${'a'.repeat(128)}b`, [`${'*a'.repeat(60)}c`], false],
  ])('%s in %j: %s', (tag, globs, fits) => {
    expect(fitsGlobs(tag, globs)).toBe(fits);
  });

  it('are split at commas; what no tag can fit is refused', () => {
    expect(parseGlobs(['3.*, !*rc*', 'latest,'])).toEqual(['3.*', '!*rc*', 'latest']);
    for (const wrong of ['a b', 'a/b', '!', '$(x)'])
      expect(() => parseGlobs([wrong])).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });

  it('that name tags and nothing more need no list', () => {
    expect(literalTags(['b', 'a', 'b'])).toEqual(['a', 'b']);
    for (const globs of [[], ['a', 'b*'], ['a', '!b']]) expect(literalTags(globs)).toBeUndefined();
  });
});
