import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { size } from './index.ts';

const of = (bytes?: number) => base({ facts: { ...(bytes !== undefined && { size: bytes }) } });

describe('size', () => {
  it.each([
    ['smaller', 45e6, 337e6, 'benefit', 'Image is smaller by 292 MB'],
    ['similar', 100e6, 102e6, 'benefit', 'Image has similar size'],
    ['larger', 60e6, 45e6, 'disadvantage', 'Image is larger by 15 MB'],
  ])('speaks of one that is %s', (_name, candidate, current, kind, text) => {
    expect(size.judge(of(candidate), of(current), new Date(0))).toMatchObject([{ kind, text }]);
  });

  it('weighs one that is many times larger more', () => {
    const [much] = size.judge(of(900e6), of(45e6), new Date(0));
    const [some] = size.judge(of(60e6), of(45e6), new Date(0));
    expect(much?.weight).toBeLessThan(some?.weight ?? 0);
  });

  it('says nothing where it is unknown', () => {
    expect(size.judge(of(), of(1), new Date(0))).toEqual([]);
  });
});
