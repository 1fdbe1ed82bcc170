import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kind, kinds, newModule } from '../../tools/new-module.ts';
import { root } from './sources.ts';

/** Within the checkout, so that packages are found; left out of git. */
const copy = path.join(root, '.plimsoll', `new-test-${process.pid}`);
const allKinds = Object.keys(kinds) as Kind[];

beforeAll(() => {
  mkdirSync(copy, { recursive: true });
  for (const part of ['tools/templates', 'packages/core/src', 'packages/web/src', 'packages/web/package.json', 'tsconfig.base.json']) {
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new', () => {
  it.each(allKinds)('makes a %s: its folder, and its line in the registry', (kind) => {
    const files = newModule(copy, kind, 'for-test');
    const { folder, registry } = kinds[kind];
    const ending = kind === 'panel' ? 'tsx' : 'ts';
    const expected = [`index.${ending}`, `for-test.test.${ending}`, 'README.md'].map((file) => `${folder}/for-test/${file}`);
    expect(files).toEqual(expect.arrayContaining([...expected, registry]));
    for (const file of files) expect(readFileSync(path.join(copy, file), 'utf8')).not.toContain('__');
    const text = readFileSync(path.join(copy, registry), 'utf8');
    expect(text).toContain(`/for-test/index.${ending}';`);
    expect(text).toMatch(/,\s+forTest,?\s*\] as const satisfies/);
  });

  it('makes modules that fit their contracts', () => {
    const core = { types: ['node'] };
    const web = {
      types: ['vite/client'],
      lib: ['es2024', 'dom', 'dom.iterable'],
      jsx: 'react-jsx',
      module: 'esnext',
      moduleResolution: 'bundler',
    };
    expect(compile('core', core, ['packages/core/src/**/for-test/*.ts', 'packages/core/src/*/registry.ts'])).toBe('');
    expect(compile('web', web, ['packages/web/src/panels/for-test/*'])).toBe('');
  }, 120_000);

  it('refuses a module that is there, and an id that is none', () => {
    expect(() => newModule(copy, 'format', 'json')).toThrow('there already');
    expect(() => newModule(copy, 'format', '../json')).toThrow('kebab-case');
    expect(() => newModule(copy, 'format', 'goBinary')).toThrow('kebab-case');
  });
});

/** What the compiler says of files of the copy; nothing where they are right. */
function compile(name: string, options: object, include: readonly string[]): string {
  const config = path.join(copy, `tsconfig.${name}.json`);
  const compilerOptions = { composite: false, declaration: false, noEmit: true, ...options };
  writeFileSync(config, JSON.stringify({ extends: './tsconfig.base.json', compilerOptions, include }));
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [compiler, '-p', config], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? String(error);
  }
}
