import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { php } from './index.ts';

const log = { name: 'psr/log', version: '3.0.2', version_normalized: '3.0.2.0', type: 'library', license: ['MIT'] };
const yaml = { name: 'Symfony/Yaml', version: 'v6.4.1', version_normalized: '6.4.1.0', license: ['MIT', 'ISC'] };
const tool = { name: 'shop/tool', version: 'dev-main', version_normalized: 'dev-main' };
const second = { packages: [log, yaml, tool], dev: true, 'dev-package-names': ['shop/tool'] };
const path = 'app/vendor/composer/installed.json';
const catalog = (value: unknown) => [...php.catalog({ path, bytes: Buffer.from(JSON.stringify(value)) })];

testCataloger(php, {
  files: [
    { path, bytes: JSON.stringify(second, undefined, 4) },
    { path: 'composer/installed.json', bytes: JSON.stringify([log, yaml]) },
  ],
  others: ['app/installed.json', 'app/composer.json', 'app/vendor/mycomposer/installed.json', 'app/vendor/composer/installed.php'],
  purlOf,
});

describe('php', () => {
  it.each([
    ['Composer 2', second],
    ['Composer 1', [log, yaml, tool]],
  ])('reads what %s installed', (_name, value) => {
    expect(catalog(value)).toEqual([
      { kind: 'package', draft: { type: 'composer', name: 'psr/log', version: '3.0.2', licenses: ['MIT'] } },
      { kind: 'package', draft: { type: 'composer', name: 'symfony/yaml', version: 'v6.4.1', licenses: ['MIT', 'ISC'] } },
      { kind: 'package', draft: { type: 'composer', name: 'shop/tool', version: 'dev-main', licenses: [] } },
    ]);
  });

  it('passes over what is no package, and reads the rest', () => {
    expect(
      catalog([
        null,
        [],
        { name: 'a' },
        { name: 'novendor', version: '1' },
        { name: 'a/b', version: '\ud800' },
        { name: 'a/../b', version: '1' },
        log,
      ]),
    ).toHaveLength(1);
  });

  it.each([[{}], [null], ['text'], [{ packages: {} }]])('refuses %j', (value) => {
    expect(() => catalog(value)).toThrow('does not list packages');
  });
});
