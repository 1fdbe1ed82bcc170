import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kind, kinds, newModule } from '../../tools/new-module.ts';
import { root } from './sources.ts';

/** Within the checkout, so that packages are found; left out of git. */
const copy = path.join(root, '.plimsoll', `new-test-${process.pid}`);
const coreKinds = (Object.keys(kinds) as Kind[]).filter((kind) => kind !== 'panel');

beforeAll(() => {
  mkdirSync(copy, { recursive: true });
  for (const part of ['tools/templates', 'packages/core/src', 'packages/web/src/panels', 'tsconfig.base.json']) {
    if (existsSync(path.join(root, part))) cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new', () => {
  it.each(coreKinds)('makes a %s: its folder, and its line in the registry', (kind) => {
    const files = newModule(copy, kind, 'for-test');
    const { folder, registry } = kinds[kind];
    expect(files).toEqual(expect.arrayContaining([`${folder}/for-test/index.ts`, `${folder}/for-test/for-test.test.ts`, registry]));
    expect(files).toContain(`${folder}/for-test/README.md`);
    for (const file of files) expect(readFileSync(path.join(copy, file), 'utf8')).not.toContain('__');
    const text = readFileSync(path.join(copy, registry), 'utf8');
    expect(text).toContain("/for-test/index.ts';");
    expect(text).toMatch(/,\s+forTest,?\s*\] as const satisfies/);
  });

  it('makes modules that fit their contracts', () => {
    const config = path.join(copy, 'tsconfig.json');
    writeFileSync(
      config,
      JSON.stringify({
        extends: './tsconfig.base.json',
        compilerOptions: { composite: false, declaration: false, noEmit: true, types: ['node'], noUnusedLocals: false },
        include: ['packages/core/src/**/for-test/*.ts', 'packages/core/src/*/registry.ts'],
      }),
    );
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    expect(run(process.execPath, [compiler, '-p', config])).toBe('');
  }, 120_000);

  it('refuses a module that is there, and an id that is none', () => {
    expect(() => newModule(copy, 'format', 'json')).toThrow('there already');
    expect(() => newModule(copy, 'format', '../json')).toThrow('kebab-case');
    expect(() => newModule(copy, 'format', 'goBinary')).toThrow('kebab-case');
  });
});

/** What a command prints when it fails; nothing where it does not. */
function run(command: string, args: readonly string[]): string {
  try {
    execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? String(error);
  }
}
