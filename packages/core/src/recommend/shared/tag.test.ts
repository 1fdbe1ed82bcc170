import { describe, expect, it } from 'vitest';
import { isSameClass, parseTag, shapeDistance } from './tag.ts';

describe('a tag', () => {
  it.each([
    ['3.12-slim', { version: [3, 12], versionText: '3.12', flavor: 'slim', distro: '', date: '', preview: false }],
    ['3.12.4-slim-bookworm', { version: [3, 12, 4], flavor: 'slim', distro: 'bookworm' }],
    ['3.13.0rc1-slim', { version: [3, 13, 0], flavor: 'slim', preview: true }],
    ['22-alpine3.20', { version: [22], flavor: '', distro: 'alpine3.20' }],
    ['bookworm-20240812-slim', { version: [12], versionText: 'bookworm', flavor: 'slim', distro: '', date: '20240812' }],
    ['24.04', { version: [24, 4], versionText: '24.04' }],
    ['8.2-fpm-alpine', { version: [8, 2], flavor: 'fpm', distro: 'alpine' }],
    ['latest', { version: [], flavor: 'latest' }],
    ['v1.27.3', { version: [1, 27, 3] }],
    ['20240812', { version: [], date: '20240812', flavor: '' }],
    ['sid-slim', { version: [], flavor: 'slim', preview: true }],
    ['', { version: [], flavor: '' }],
  ])('%s is read part by part', (tag, parts) => {
    expect(parseTag(tag)).toMatchObject(parts);
  });

  it.each([
    ['3.12-slim', '3.12.4-slim-bookworm', true],
    ['3.12-slim', '3.13-slim', true],
    ['3.12-slim', '3.12-alpine', false],
    ['3.12-slim', '3.12', false],
    ['22-alpine', '20-alpine3.20', true],
  ])('%s and %s are of one class: %s', (a, b, same) => {
    expect(isSameClass(parseTag(a), parseTag(b))).toBe(same);
  });

  it('is nearest to the one a person would have written', () => {
    const names = ['3.13.1-slim-bookworm', '3-slim', '3.13-slim', '3.13.1-slim', 'slim', '3.13-slim-bookworm', '3.13'];
    const used = parseTag('3.12-slim');
    expect(names.toSorted((a, b) => shapeDistance(parseTag(a), used) - shapeDistance(parseTag(b), used))[0]).toBe('3.13-slim');
  });
});
