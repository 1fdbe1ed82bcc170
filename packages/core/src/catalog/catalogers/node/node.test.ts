import { describe, expect, it } from 'vitest';
import { node } from './index.ts';

const catalog = (value: unknown) => [
  ...node.catalog({ path: 'x', bytes: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)) }),
];

describe('node', () => {
  it.each([
    ['app/node_modules/lodash/package.json', true],
    ['node_modules/lodash/package.json', true],
    ['app/node_modules/@babel/core/package.json', true],
    ['app/node_modules/a/node_modules/b/package.json', true],
    ['app/package.json', false],
    ['app/node_modules/a/test/package.json', false],
    ['app/node_modules/@babel/package.json', false],
    ['app/node_modules/@babel/core/lib/package.json', false],
    ['app/node_modules/.cache/package.json', false],
    ['app/my_node_modules/a/package.json', false],
    ['app/node_modules/a/package.json.bak', false],
  ])('claims %s: %s', (path, expected) => {
    expect(node.claims(path, { path, kind: 'file', size: 1 })).toBe(expected);
  });

  it.each([
    ['a string', 'MIT', ['MIT']],
    ['an object', { type: 'MIT' }, ['MIT']],
    ['a list', [{ type: 'MIT' }, 'ISC'], ['MIT', 'ISC']],
    ['nothing', undefined, []],
  ])('reads a licence that is %s', (_name, license, expected) => {
    expect(catalog({ name: '@a/b', version: '1.0.0', license })).toEqual([
      { kind: 'package', draft: { type: 'npm', name: '@a/b', version: '1.0.0', licenses: expected } },
    ]);
  });

  it.each([[{}], [{ name: 'a' }], [{ name: 1, version: 2 }], [null], [[]], [{ name: '', version: '' }]])('finds nothing in %j', (value) => {
    expect(catalog(value)).toEqual([]);
  });

  it('throws on what is no JSON, for the driver to say so', () => {
    expect(() => catalog('{"name": "a"')).toThrow();
  });
});
