import { describe, expect, it } from 'vitest';
import { isNearlyUsed, rateLimitOf, retryAfter } from './rate-limit.ts';

const now = new Date('2026-01-01T00:00:00Z');

describe('limits of a registry', () => {
  it.each([
    [
      { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '97;w=21600' },
      { remaining: 97, limit: 100, until: '2026-01-01T06:00:00.000Z' },
    ],
    [
      { 'RateLimit-Remaining': '4', 'RateLimit-Limit': '10', 'RateLimit-Reset': '60' },
      { remaining: 4, limit: 10, until: '2026-01-01T00:01:00.000Z' },
    ],
    [{ 'ratelimit-remaining': '4' }, { remaining: 4 }],
    [{ 'ratelimit-limit': '100' }, undefined],
    [{ 'ratelimit-remaining': 'many' }, undefined],
    [{ 'ratelimit-remaining': '1;w=999999999' }, { remaining: 1, until: '2026-01-08T00:00:00.000Z' }],
  ])('%j', (headers, expected) => {
    expect(rateLimitOf(new Headers(Object.entries(headers)), now)).toEqual(expected);
  });

  it.each([
    [{ remaining: 5, limit: 100 }, false],
    [{ remaining: 4, limit: 100 }, true],
    [{ remaining: 3 }, false],
    [{ remaining: 2, limit: 10 }, true],
  ])('%j: nearly used is %s', (limit, expected) => {
    expect(isNearlyUsed(limit)).toBe(expected);
  });

  it.each([
    [429, '7', 0, 7000],
    [429, 'Thu, 01 Jan 2026 00:00:30 GMT', 0, 30_000],
    [429, 'Thu, 01 Jan 2025 00:00:00 GMT', 0, 0],
    [429, undefined, 2, 4000],
    [429, 'soon', 0, 1000],
    [503, '3', 0, 3000],
    [503, undefined, 0, undefined],
    [200, '3', 0, undefined],
  ])('status %d, Retry-After %s, try %d: %s ms', (status, said, attempt, expected) => {
    const response = new Response(null, { status, headers: said === undefined ? {} : { 'retry-after': said } });
    expect(retryAfter(response, attempt, now)).toBe(expected);
  });
});
