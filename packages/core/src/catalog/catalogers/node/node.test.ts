import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { node } from './index.ts';

const catalog = (value: unknown) => [
  ...node.catalog({ path: 'x', bytes: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)) }),
];

testCataloger(node, {
  files: [
    { path: 'app/node_modules/lodash/package.json', bytes: '{"name":"lodash","version":"4.17.21","license":"MIT","main":"lodash.js"}' },
    { path: 'node_modules/@babel/core/package.json', bytes: '\ufeff{"name":"@babel/core","version":"7.24.0","licenses":[{"type":"MIT"}]}' },
  ],
  others: ['package.json', 'app/package.json', 'app/node_modules/.package-lock.json', 'app/package-lock.json'],
  purlOf,
});

describe('node', () => {
  it.each([
    ['app/node_modules/lodash/package.json', true],
    ['node_modules/lodash/package.json', true],
    ['app/node_modules/@babel/core/package.json', true],
    ['app/node_modules/a/node_modules/b/package.json', true],
    ['usr/local/lib/node_modules/npm/node_modules/tar/package.json', true],
    ['app/node_modules/.pnpm/lodash@4.17.21/node_modules/lodash/package.json', true],
    ['app/node_modules/pnpm/dist/node_modules/tar/package.json', true],
    ['app/test/node_modules/a/package.json', true],
    ['app/node_modules/test/package.json', true],
    ['app/node_modules/@a/test/node_modules/b/package.json', true],
    ['app/node_modules/resolve/test/resolver/_/node_modules/foo/package.json', false],
    ['app/node_modules/@a/b/__fixtures__/node_modules/c/package.json', false],
    ['opt/yarn-v1.22.22/package.json', true],
    ['opt/yarn-v1.22.22/lib/package.json', false],
    ['root/.cache/node/corepack/v1/pnpm/9.1.0/package.json', true],
    ['root/.cache/node/corepack/yarn/1.22.22/package.json', true],
    ['root/.cache/node/corepack/v1/pnpm/9.1.0/dist/package.json', false],
    ['root/.cache/other/pnpm/9.1.0/package.json', false],
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

  it.each([
    [{}],
    [{ name: 'a' }],
    [{ name: 1, version: 2 }],
    [null],
    [[]],
    [{ name: '', version: '' }],
    [{ name: '../a', version: '1' }],
    [{ name: 'a', version: '\ud800' }],
    [{ name: '@/a', version: '1' }],
  ])('finds nothing in %j', (value) => {
    expect(catalog(value)).toEqual([]);
  });

  it('throws on what is no JSON, for the driver to say so', () => {
    expect(() => catalog('{"name": "a"')).toThrow();
  });
});
