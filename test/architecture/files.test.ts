import { describe, expect, it } from 'vitest';
import { isTest, listFiles, readSource } from './sources.ts';

const MAX_LINES = 300;

const code = listFiles('.ts', '.tsx', '.mjs', '.css').map(readSource);

describe('every file of code', () => {
  it(`has at most ${MAX_LINES} lines, unless it is a table of data`, () => {
    const long = code.filter(({ path }) => !/\.data\.ts$/.test(path) && !isTest(path) && !path.includes('/fixtures/'));
    expect(long.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 })).filter(({ lines }) => lines > MAX_LINES)).toEqual(
      [],
    );
  });

  it('has a name in kebab-case', () => {
    const names = code.map(({ path }) => path.split('/').at(-1) ?? '');
    expect(names.filter((name) => !isKebabCase(name))).toEqual([]);
  });

  it('has named exports only', () => {
    const own = code.filter(({ path }) => path.startsWith('packages/') && path.includes('/src/'));
    expect(own.filter(({ text }) => /^export default\b|\bas default\b/m.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('says no type away', () => {
    const own = code.filter(({ path }) => path.startsWith('packages/') && !isTest(path));
    expect(own.filter(({ text }) => /@ts-ignore|@ts-nocheck/.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('a name', () => {
  it.each(['read-layer.ts', 'vulnerability-row.module.css', 'parse.test.ts', 'vite.config.ts', 'app.tsx'])('%s is kebab-case', (name) => {
    expect(isKebabCase(name)).toBe(true);
  });

  it.each(['readLayer.ts', 'App.tsx', 'read_layer.ts', '-a.ts'])('%s is not', (name) => {
    expect(isKebabCase(name)).toBe(false);
  });
});

function isKebabCase(name: string): boolean {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$/.test(name);
}
