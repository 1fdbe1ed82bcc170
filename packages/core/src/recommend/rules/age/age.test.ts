import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { age } from './index.ts';

const built = (created?: string) => base({ facts: { ...(created && { created }) } });
const now = new Date('2026-06-01T00:00:00Z');

describe('age', () => {
  it.each([
    ['newer', '2026-03-01T00:00:00Z', 'benefit', 'Built 59 days later'],
    ['a day newer', '2026-01-02T00:00:00Z', 'benefit', 'Built 1 day later'],
    ['older', '2025-12-22T00:00:00Z', 'disadvantage', 'Built 10 days earlier'],
  ])('speaks of one that is %s', (_name, created, kind, text) => {
    expect(age.judge(built(created), built('2026-01-01T00:00:00Z'), now)).toMatchObject([{ kind, text }]);
  });

  it('warns of one that nobody has built for long', () => {
    expect(age.judge(built('2025-05-01T00:00:00Z'), built('2024-01-01T00:00:00Z'), now).map(({ text }) => text)).toEqual([
      'Built 486 days later',
      'Built 396 days ago: no fixes since',
    ]);
  });

  it('says nothing without dates', () => {
    expect(age.judge(built(), built('2026-01-01T00:00:00Z'), now)).toEqual([]);
  });
});
