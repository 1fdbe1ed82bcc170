import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { variant } from './index.ts';

describe('variant', () => {
  it.each([
    ['3.13-slim', '3.12-slim', 'benefit', 'Same variant: slim'],
    ['3.13', '3.12', 'benefit', 'Same variant'],
    ['3.12-slim', '3.12', 'benefit', 'Tag is using slim variant'],
    ['3.12-alpine', '3.12-slim', 'disadvantage', 'Another variant: slim → alpine'],
    ['3.12', '3.12-slim', 'disadvantage', 'Another variant: slim → plain'],
  ])('judges %s for %s', (candidate, current, kind, text) => {
    expect(variant.judge(base({ tag: candidate }), base({ tag: current }), new Date(0))).toMatchObject([{ kind, text }]);
  });
});
