import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { packages } from './index.ts';

const holding = (count?: number) => base({ facts: { ...(count !== undefined && { packages: count }) } });

describe('packages', () => {
  it.each([
    [100, 518, 'benefit', 'Image contains 418 fewer packages'],
    [100, 101, 'benefit', 'Image contains 1 fewer package'],
    [100, 100, 'benefit', 'Image contains equal number of packages'],
    [103, 100, 'disadvantage', 'Image contains 3 more packages'],
  ])('speaks of %i instead of %i', (candidate, current, kind, text) => {
    expect(packages.judge(holding(candidate), holding(current), new Date(0))).toMatchObject([{ kind, text }]);
  });

  it('says nothing where it is unknown', () => {
    expect(packages.judge(holding(), holding(1), new Date(0))).toEqual([]);
  });
});
