import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { preview } from './index.ts';

const judge = (candidate: string, current: string) =>
  preview.judge(base({ tag: candidate }), base({ tag: current }), new Date(0)).map(({ kind }) => kind);

describe('preview', () => {
  it.each([
    '3.14-rc-slim',
    '3.14.0rc1',
    '22-ea',
    'edge',
    'nightly-slim',
    '20250101-experimental',
    'sid-slim',
    '3.21-edge',
    'testing-20250101',
    'rc-buggy',
  ])('blocks %s', (tag) => {
    expect(judge(tag, '3.12-slim')).toEqual(['blocker']);
  });

  it.each(['3.13-slim', 'bookworm', '22-alpine3.20', 'latest', 'search'])('does not block %s', (tag) => {
    expect(judge(tag, '3.12-slim')).toEqual([]);
  });

  it('does not block for who is on a preview', () => {
    expect(judge('3.14-rc', '3.14-beta')).toEqual([]);
  });
});
