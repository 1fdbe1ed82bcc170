import type { SeverityCounts } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { prediction } from './index.ts';

const zero: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, unspecified: 0 };

function judge(counts: Partial<SeverityCounts>, difference: Partial<SeverityCounts>, gained: number, lost: number, estimated = 0) {
  const simulation = {
    counts: { ...zero, ...counts },
    difference: { ...zero, ...difference },
    vulnerabilities: { gained, lost, estimated },
    packages: { gained: 0, lost: 0, changed: 0, estimated: 0 },
    config: [],
    warnings: [],
  };
  return prediction.judge({ ...base(), simulation }, base(), new Date(0))[0];
}

describe('prediction', () => {
  it.each([
    ['all good', judge({ low: 1 }, { critical: -2 }, 0, 2), 'benefit', 'In your image: removes 2 and brings none'],
    ['more good', judge({ low: 3 }, { critical: -2, low: 1 }, 1, 2), 'benefit', 'In your image: removes 2, brings 1 new vulnerability'],
    [
      'worse',
      judge({ critical: 2 }, { critical: 1, low: -3 }, 1, 3),
      'disadvantage',
      'In your image: removes 3, brings 1 new vulnerability',
    ],
    ['estimated', judge({}, { low: -3 }, 0, 3, 2), 'benefit', 'In your image: removes 3 and brings none, about'],
    ['the same', judge({ low: 3 }, {}, 0, 0), 'benefit', 'In your image: the same vulnerabilities'],
  ])('%s', (_, found, kind, text) => {
    expect(found).toMatchObject({ kind, text });
  });

  it('weighs by severity: one critical is more than ten low', () => {
    expect(judge({ low: 10 }, { critical: -1, low: 10 }, 10, 1)?.weight).toBeGreaterThan(0);
    expect(judge({ critical: 1 }, { critical: 1, low: -10 }, 1, 10)?.weight).toBeLessThan(0);
  });

  it('says nothing of what was not indexed', () => {
    expect(prediction.judge(base(), base(), new Date(0))).toEqual([]);
  });
});
