import { familiarName } from '@plimsoll/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTag, parseReference } from './reference.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}` as const;

describe('as Docker reads it', () => {
  it.each([
    ['debian', { registry: 'docker.io', repository: 'library/debian', tag: 'latest' }],
    ['debian:12', { registry: 'docker.io', repository: 'library/debian', tag: '12' }],
    ['team/app', { registry: 'docker.io', repository: 'team/app', tag: 'latest' }],
    ['docker.io/debian', { registry: 'docker.io', repository: 'library/debian', tag: 'latest' }],
    ['index.docker.io/library/debian', { registry: 'docker.io', repository: 'library/debian', tag: 'latest' }],
    ['registry-1.docker.io/team/app:1', { registry: 'docker.io', repository: 'team/app', tag: '1' }],
    [`debian@${digest}`, { registry: 'docker.io', repository: 'library/debian', digest }],
    [`debian:12@${digest}`, { registry: 'docker.io', repository: 'library/debian', tag: '12', digest }],
    ['localhost/app', { registry: 'localhost', repository: 'app', tag: 'latest' }],
    ['localhost:5000/app', { registry: 'localhost:5000', repository: 'app', tag: 'latest' }],
    ['127.0.0.1:5000/a/b/c:x', { registry: '127.0.0.1:5000', repository: 'a/b/c', tag: 'x' }],
    ['[::1]:5000/app', { registry: '[::1]:5000', repository: 'app', tag: 'latest' }],
    ['ghcr.io/a/b', { registry: 'ghcr.io', repository: 'a/b', tag: 'latest' }],
    ['host:5000/app:1', { registry: 'host:5000', repository: 'app', tag: '1' }],
    ['a.b/c', { registry: 'a.b', repository: 'c', tag: 'latest' }],
    ['a--b/c__d.e:V-1_.2', { registry: 'docker.io', repository: 'a--b/c__d.e', tag: 'V-1_.2' }],
  ])('%s', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });
});

describe('what is no reference', () => {
  it.each([
    '',
    ':',
    '/',
    'a/',
    '/a',
    'a//b',
    'A',
    'a/B',
    'a:',
    'a:b:c',
    'a:-x',
    `a:${'x'.repeat(129)}`,
    'a@',
    'a@sha256:1234',
    `a@${digest}0`,
    `a@md5:${'0'.repeat(32)}`,
    'a b',
    'a\n',
    'a/../b',
    '../a',
    'host:port/a',
    'a.-b/c.',
    '-a',
    'a_',
    'a...b',
    'http://a.b/c',
    'user@a.b/c',
    'a?x',
    'a'.repeat(600),
    'ä',
  ])('%j', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'REFERENCE_INVALID' }));
  });

  it('is told in a moment, however it is made', () => {
    const started = performance.now();
    for (const part of ['a-', 'a_', '__', '--', 'a.', 'a/']) expect(() => parseReference(`${part.repeat(250)}!`)).toThrow();
    expect(performance.now() - started).toBeLessThan(200);
  });
});

it('what is written familiarly is read as the same', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const reference = fc.record({
    registry: fc.constantFrom('docker.io', 'ghcr.io', 'localhost:5000'),
    repository: fc.array(word, { minLength: 2, maxLength: 3 }).map((parts) => parts.join('/')),
    tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,10}$/),
  });
  fc.assert(
    fc.property(reference, (one) => {
      expect(parseReference(familiarName(one))).toEqual(one);
    }),
  );
});

it('tells tags', () => {
  expect(['latest', '1.2_3-x', '_'].every(isTag)).toBe(true);
  expect(['', '.a', '-a', 'a b', 'a/b'].some(isTag)).toBe(false);
});
