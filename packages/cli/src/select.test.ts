import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { baseLayers, nameOfBase, ownerOfLayer, parseLayers, splitList } from './select.ts';

const { rich } = standardReports;

describe('parseLayers', () => {
  it.each([
    ['0', [0]],
    ['2,5-7', [2, 5, 6, 7]],
    [' 1 , 1-2 ', [1, 2]],
  ])('%s', (text, expected) => {
    expect([...(parseLayers(text, rich) ?? [])]).toEqual(expected);
  });

  it('nothing given chooses nothing', () => {
    expect(parseLayers(undefined, rich)).toBeUndefined();
  });

  it.each(['', 'x', '3-1', '8', '0-8', '-1', '1,,2', '1-2-3', '99999999999999999999'])('"%s" names no layers of this image', (text) => {
    expect(() => parseLayers(text, rich)).toThrow(expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining('0 to 7') }));
  });
});

describe('who brought a layer', () => {
  it('is a base, or this image', () => {
    expect([...baseLayers(rich)]).toEqual([0, 1, 2, 3]);
    expect(nameOfBase(rich, 1)).toBe('debian:11-slim');
    expect(nameOfBase(rich, 4)).toBeUndefined();
    expect(ownerOfLayer(rich, 3)).toBe('python:3.9-slim');
    expect(ownerOfLayer(rich, 4)).toBe('this image');
  });
});

describe('splitList', () => {
  it('takes commas and repetition', () => {
    expect(splitList(['a,b', ' c ', ''])).toEqual(['a', 'b', 'c']);
    expect(splitList(undefined)).toBeUndefined();
  });
});
