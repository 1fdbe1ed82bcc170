import { existsSync } from 'node:fs';
import path from 'node:path';
import { version } from '@plimsoll/core';
import { describe, expect, it } from 'vitest';
import { listFiles, readSource, root } from './sources.ts';

const pages = listFiles('.md')
  .filter((file) => !file.includes('/fixtures/'))
  .map(readSource);

describe('the documents', () => {
  it('have relative links that lead somewhere', () => {
    const broken = pages.flatMap(({ path: page, text }) =>
      linksOf(text)
        .filter((link) => !existsSync(path.join(root, path.dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('under docs/ can be reached from README.md or docs/README.md', () => {
    const linked = new Set(
      ['README.md', 'docs/README.md'].flatMap((page) =>
        linksOf(readSource(page).text).map((link) => path.posix.join(path.posix.dirname(page), link)),
      ),
    );
    const lost = pages
      .map(({ path: page }) => page)
      .filter((page) => page.startsWith('docs/') && page !== 'docs/README.md' && !linked.has(page));
    expect(lost).toEqual([]);
  });

  it('keep CONTRIBUTING.md within 100 lines', () => {
    expect(readSource('CONTRIBUTING.md').text.split('\n').length).toBeLessThanOrEqual(101);
  });

  it('name the environment variables that the code reads', () => {
    const page = readSource('docs/reference/configuration.md').text;
    const read = listFiles('.ts', '.mjs')
      .filter((file) => /^packages\/(core|server|cli)\//.test(file) && !file.includes('.test.'))
      .flatMap((file) => [...readSource(file).text.matchAll(/\benv\??\.([A-Z][A-Z0-9_]+)/g)].map(([, name]) => name ?? ''));
    expect([...new Set(read)].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('docs/reference/api.md', () => {
  it('has each route of the server, and no other', () => {
    const routes = listFiles('.ts')
      .filter((file) => file.startsWith('packages/server/src/routes/') && !file.includes('.test.'))
      .flatMap((file) => [...readSource(file).text.matchAll(/method: '([a-z]+)',\s*path: '([^']+)'/g)])
      .map(([, method, route]) => `${method?.toUpperCase()} ${route}`);
    const documented = [...readSource('docs/reference/api.md').text.matchAll(/^\| `([A-Z]+ \S+)` \|/gm)].map(([, route]) => route);
    expect(routes.length).toBeGreaterThan(5);
    expect(documented.toSorted()).toEqual(routes.toSorted());
  });
});

describe('the version', () => {
  it('is one in all packages and in the program', () => {
    const versions = listFiles('package.json')
      .filter((file) => /^(packages\/[^/]+\/)?package\.json$/.test(file))
      .map((file) => JSON.parse(readSource(file).text).version);
    expect(new Set(versions)).toEqual(new Set([version]));
  });
});

/** Relative links of a page, without what follows `#`. */
function linksOf(text: string): readonly string[] {
  return [...text.replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => (link ?? '').split('#')[0] ?? '')
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link));
}
