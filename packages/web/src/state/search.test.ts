import { describe, expect, it } from 'vitest';
import { parseDetailsSearch } from './search.ts';

describe('parseDetailsSearch', () => {
  it.each([
    ['nothing', {}, {}],
    ['layers in any order, twice', { layers: [9, 2, 2] }, { layers: [2, 9] }],
    ['one layer', { layers: 3 }, { layers: [3] }],
    ['the first base', { base: 0 }, { base: 0 }],
    ['a base that cannot be', { base: -1 }, {}],
    ['known severities alone', { severity: ['critical', 'dreadful'] }, { severity: ['critical'] }],
    ['an unknown tab', { tab: 'secrets' }, {}],
    ['an empty list of open rows, which differs from none', { open: [] }, { open: [] }],
    ['a side of the recommendations', { fixes: 'debian:12', tip: 'change' }, { fixes: 'debian:12', tip: 'change' }],
    ['a side that is not', { tip: 'pray' }, {}],
    ['a number as filter text', { q: 2024 }, { q: '2024' }],
  ])('reads %s', (_name, raw, expected) => {
    expect(parseDetailsSearch(raw)).toEqual(expected);
  });
});
