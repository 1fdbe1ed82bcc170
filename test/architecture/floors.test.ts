import { describe, expect, it } from 'vitest';
import { floorFaults, floors, moduleFaults, packageFaults, purityFaults } from './floors.ts';
import { importsOf, isTest, listFiles, readSource, readSources, resolveImport } from './sources.ts';

const core = readSources('packages/core/src');
const all = readSources('packages');

describe('floors of the code', () => {
  it('packages import only what stands below them', () => {
    expect(packageFaults(all)).toEqual([]);
  });

  it('folders of the core import only downward', () => {
    expect(core.length).toBeGreaterThan(50);
    expect(floorFaults(core)).toEqual([]);
  });

  it('every folder of the core stands on a floor', () => {
    const known: readonly string[] = floors.flat();
    const folders = new Set(core.map(({ path }) => path.split('/')[3]));
    expect([...folders].filter((folder) => !known.includes(folder ?? ''))).toEqual([]);
  });

  it('modules of a family know nothing of each other', () => {
    expect(moduleFaults(all)).toEqual([]);
  });

  it('pure folders do no input or output and know no clock', () => {
    expect(purityFaults(core)).toEqual([]);
  });

  it('only tests and tools import testkit', () => {
    const shipped = listFiles('.ts', '.tsx', '.mjs')
      .filter((file) => !isTest(file) && !/^(packages\/testkit|test|tools|examples)\//.test(file))
      .map(readSource);
    expect(shipped.filter(({ text }) => importsOf(text).includes('@plimsoll/testkit')).map(({ path }) => path)).toEqual([]);
  });

  it('relative imports say the file they mean, which is there', () => {
    const files = new Set(listFiles(''));
    const missing = readSources('packages', { tests: true }).flatMap(({ path, text }) =>
      importsOf(text)
        .filter((specifier) => !specifier.includes('?'))
        .filter((specifier) => !files.has(resolveImport(path, specifier) ?? path))
        .map((specifier) => `${path}: ${specifier}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('what the checks find', () => {
  const file = (path: string, text: string) => [{ path: `packages/${path}`, text }];

  it.each([
    ['the web page imports the core', 'web/src/a.ts', `import { assess } from '@plimsoll/core';`],
    ['the model imports the core', 'model/src/a.ts', `import type { Context } from '@plimsoll/core';`],
    ['the server reaches into the core', 'server/src/a.ts', `import { x } from '@plimsoll/core/src/util/x.ts';`],
    ['a path leaves the package', 'cli/src/a.ts', `import { x } from '../../core/src/index.ts';`],
    ['a dynamic import', 'web/src/a.ts', `const core = await import('@plimsoll/core');`],
  ])('between packages: %s', (_, path, text) => {
    expect(packageFaults(file(path, text))).toHaveLength(1);
  });

  it.each([
    ['up', 'core/src/oci/a.ts', `import { x } from '../pipeline/types.ts';`],
    ['sideways', 'core/src/advisory/a.ts', `import { x } from '../match/types.ts';`],
    ['up in a type', 'core/src/util/a.ts', `import type {\n  X,\n} from '../oci/types.ts';`],
    ['up in a re-export', 'core/src/tar/a.ts', `export { x } from '../layer/x.ts';`],
    ['more than the lent contract', 'core/src/match/a.ts', `import { x } from '../advisory/update.ts';`],
    ['a folder without a floor', 'core/src/oci/a.ts', `import { x } from '../attic/x.ts';`],
  ])('in the core: %s', (_, path, text) => {
    expect(floorFaults(file(path, text))).toHaveLength(1);
  });

  it('the contract that is lent to a neighbour is allowed', () => {
    expect(floorFaults(file('core/src/match/a.ts', `import type { X } from '../advisory/types.ts';`))).toEqual([]);
  });

  it('one module of a family imports another', () => {
    expect(moduleFaults(file('core/src/catalog/catalogers/apk/a.ts', `import { x } from '../dpkg/parse.ts';`))).toHaveLength(1);
  });

  it.each([
    ['a node module', `import path from 'node:path';`],
    ['fetch', `await fetch(address);`],
    ['the clock', `const now = Date.now();`],
    ['today', `const now = new Date();`],
    ['the environment', `const home = process.env.HOME;`],
    ['chance', `const x = Math.random();`],
  ])('in a pure folder: %s', (_, text) => {
    expect(purityFaults(file('core/src/squash/a.ts', text))).toHaveLength(1);
  });

  it('a date from data is no clock, and a comment is no code', () => {
    expect(purityFaults(file('core/src/squash/a.ts', `// new Date()\nconst at = new Date(text);`))).toEqual([]);
  });
});
