import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { families } from './floors.ts';
import { importsOf, readSource, root } from './sources.ts';

describe.each(families)('$folder', ({ folder, registry }) => {
  const modules = existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
        .map(({ name }) => name)
        .sort()
    : [];

  it('has modules', () => {
    expect(modules.length).toBeGreaterThan(0);
  });

  it('is listed in its registry, module by module, and nothing else is', () => {
    const { text } = readSource(registry);
    const prefix = `./${path.relative(path.dirname(registry), folder)}/`.replace('././', './').replace(/^\.\/\/?$/, './');
    const listed = importsOf(text)
      .filter((specifier) => specifier.startsWith(prefix) && /\/index\.tsx?$/.test(specifier))
      .map((specifier) => specifier.slice(prefix.length).split('/')[0]);
    expect(listed.toSorted()).toEqual(modules);
  });

  it.each(modules)('%s has a declaration of at most 40 lines, a test and a README', (id) => {
    const files = readdirSync(path.join(root, folder, id));
    const index = files.find((file) => /^index\.tsx?$/.test(file));
    expect(files).toContain('README.md');
    expect(files.some((file) => new RegExp(`^${id}\\.test\\.tsx?$`).test(file))).toBe(true);
    expect(index).toBeDefined();
    expect(readSource(`${folder}/${id}/${index}`).text.split('\n').length).toBeLessThanOrEqual(41);
    expect(readSource(`${folder}/${id}/README.md`).text.split('\n').length).toBeLessThanOrEqual(41);
  });
});
