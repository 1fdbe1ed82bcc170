import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { version } from './index.ts';

const judge = (candidate: string, current: string) => version.judge(base({ tag: candidate }), base({ tag: current }), new Date(0));

describe('version', () => {
  it.each([
    ['3.12.4-slim', '3.12-slim', 'benefit', 'Same version line: 3.12'],
    ['3.13-slim', '3.12-slim', 'benefit', 'Minor version update: 3.12 → 3.13'],
    ['20-alpine', '18-alpine', 'disadvantage', 'Major version update: 18 → 20'],
    ['3.9-slim', '3.12-slim', 'disadvantage', 'Older version: 3.12 → 3.9'],
    ['bookworm-slim', 'bullseye-slim', 'disadvantage', 'Major version update: bullseye → bookworm'],
    ['12-slim', 'bookworm-20240812-slim', 'benefit', 'Same version line: bookworm'],
    ['24.04', '22.04', 'disadvantage', 'Major version update: 22.04 → 24.04'],
  ])('judges %s for %s', (candidate, current, kind, text) => {
    expect(judge(candidate, current)).toMatchObject([{ kind, text }]);
  });

  it.each([
    ['latest', '3.12'],
    ['20240812', '3.12'],
  ])('says nothing of %s for %s', (candidate, current) => {
    expect(judge(candidate, current)).toEqual([]);
  });
});
