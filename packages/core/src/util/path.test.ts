import fc from 'fast-check';
import { expect, it } from 'vitest';
import { baseName, directoryOf, normalisePath, resolveLink } from './path.ts';

it.each([
  ['etc/passwd', 'etc/passwd'],
  ['/etc/passwd', 'etc/passwd'],
  ['./etc//passwd/', 'etc/passwd'],
  ['etc/./a/../passwd', 'etc/passwd'],
  ['../../etc', 'etc'],
  ['etc/..', ''],
  ['.', ''],
  ['', ''],
  ['/', ''],
  ['.hidden/..name/a.', '.hidden/..name/a.'],
  ['a/...', 'a/...'],
])('%j is %j', (path, expected) => {
  expect(normalisePath(path)).toBe(expected);
});

it('a normal path has no empty or dotted part, and stays as it is', () => {
  const path = fc.array(fc.constantFrom('a', '.', '..', '', '.b', 'c.')).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(path, (text) => {
      const normal = normalisePath(text);
      if (normal !== '') expect(normal.split('/').filter((part) => ['', '.', '..'].includes(part))).toEqual([]);
      expect(normalisePath(normal)).toBe(normal);
    }),
  );
});

it.each([
  ['usr/lib/a', 'b', 'usr/lib/b'],
  ['usr/lib/a', '../b', 'usr/b'],
  ['usr/lib/a', '/b', 'b'],
  ['a', '../../../etc', 'etc'],
  ['a', 'b', 'b'],
])('a link at %s to %s leads to %s', (path, target, expected) => {
  expect(resolveLink(path, target)).toBe(expected);
});

it.each([
  ['a/b/c', 'a/b', 'c'],
  ['c', '', 'c'],
  ['', '', ''],
])('%j lies in %j and is called %j', (path, directory, name) => {
  expect([directoryOf(path), baseName(path)]).toEqual([directory, name]);
});
