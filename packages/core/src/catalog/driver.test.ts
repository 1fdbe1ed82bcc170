import { describe, expect, it } from 'vitest';
import { catalogFile } from './driver.ts';
import type { Cataloger, Finding } from './types.ts';

const named = (name: string, version = '1'): Finding => ({ kind: 'package', draft: { type: 'npm', name, version, licenses: [] } });
const catalog = (findings: () => Iterable<Finding>) => {
  const cataloger: Cataloger = { id: 'fake', types: ['npm'], version: 1, maxBytes: 1, claims: () => true, catalog: findings };
  return catalogFile(cataloger, 'app/list', new Uint8Array());
};

describe('the driver', () => {
  it('signs findings', () => {
    expect(catalog(() => [named('a')])).toEqual({ findings: [{ ...named('a'), by: 'fake' }] });
  });

  it.each([
    ['no name', named('')],
    ['a blank name', named(' ')],
    ['a scope alone', named('@a/')],
    ['half a character in its name', named('a\ud800')],
    ['half a character in its version', named('a', '\udc00')],
  ])('leaves out a package with %s, says so, and keeps the others', (_name, wrong) => {
    const { findings, diagnostic } = catalog(() => [named('a'), wrong, named('b')]);
    expect(findings).toHaveLength(2);
    expect(diagnostic).toMatchObject({ code: 'PACKAGE_FILE_UNREADABLE', author: 'fake', path: 'app/list' });
  });

  it('keeps what was found before a fault', () => {
    const { findings, diagnostic } = catalog(function* () {
      yield named('a');
      throw new Error('it ends here');
    });
    expect(findings).toHaveLength(1);
    expect(diagnostic?.message).toBe('app/list cannot be read: it ends here');
  });

  it('keeps of owned paths those that a cataloger reads', () => {
    const owns = (paths: readonly string[]): Finding => ({ kind: 'owns', package: 'a', paths });
    expect(catalog(() => [owns(['usr/share/doc/a', 'usr/lib/node_modules/a/package.json'])]).findings).toEqual([
      { ...owns(['usr/lib/node_modules/a/package.json']), by: 'fake' },
    ]);
    expect(catalog(() => [owns(['usr/share/doc/a'])]).findings).toEqual([]);
  });
});
