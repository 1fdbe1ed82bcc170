import type { ImageSummary } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { selectImages } from './select.ts';

function summary(name: string, change: Partial<ImageSummary> = {}): ImageSummary {
  return {
    digest: `sha256:${'a'.repeat(64)}`,
    names: [name],
    source: 'registry',
    platform: { os: 'linux', architecture: 'amd64' },
    size: 1,
    packages: 1,
    counts: { critical: 0, high: 0, medium: 0, low: 0, unspecified: 0 },
    exploited: 0,
    fixable: 0,
    indexed: '2026-01-01T00:00:00Z',
    ...change,
  };
}

describe('selectImages', () => {
  const risky = summary('shop/api:1', { counts: { critical: 2, high: 0, medium: 0, low: 0, unspecified: 0 } });
  const exploited = summary('shop/web:1', { exploited: 1, base: { name: 'node:18' } });
  const calm = summary('alpine:3', { size: 9 });

  it.each([
    ['risk puts the exploited one first', {}, 'risk', ['shop/web:1', 'shop/api:1', 'alpine:3']],
    ['name', {}, 'name', ['alpine:3', 'shop/api:1', 'shop/web:1']],
    ['size', {}, 'size', ['alpine:3', 'shop/api:1', 'shop/web:1']],
    ['text finds a base', { q: 'NODE' }, 'risk', ['shop/web:1']],
    ['every word must fit', { q: 'shop api' }, 'risk', ['shop/api:1']],
  ] as const)('orders by %s', (_name, search, sort, expected) => {
    const found = selectImages([calm, risky, exploited], { ...search, sort });
    expect(found.map(({ names }) => names[0])).toEqual(expected);
  });
});
