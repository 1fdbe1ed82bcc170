import { describe, expect, it } from 'vitest';
import { python } from './index.ts';

const catalog = (text: string) => [...python.catalog({ path: 'x', bytes: new TextEncoder().encode(text) })];

describe('python', () => {
  it.each([
    ['usr/lib/python3/dist-packages/requests-2.28.1.dist-info/METADATA', true],
    ['usr/lib/python3/dist-packages/six-1.16.0.egg-info/PKG-INFO', true],
    ['usr/lib/python3/dist-packages/six-1.16.0.egg-info', true],
    ['usr/lib/python3/dist-packages/requests-2.28.1.dist-info/RECORD', false],
    ['app/PKG-INFO', false],
  ])('claims %s: %s', (path, expected) => {
    expect(python.claims(path, { path, kind: 'file', size: 1 })).toBe(expected);
  });

  it.each([
    ['a normalised name', 'Name: Jinja2_Time.Zone\nVersion: 1.0\n', { name: 'jinja2-time-zone', version: '1.0', licenses: [] }],
    ['a licence', 'Name: a\nVersion: 1\nLicense: MIT\n', { name: 'a', version: '1', licenses: ['MIT'] }],
    ['no licence', 'Name: a\nVersion: 1\nLicense: UNKNOWN\n', { name: 'a', version: '1', licenses: [] }],
    ['a description that looks like a header', 'Name: a\nVersion: 1\n\nVersion: 9\n', { name: 'a', version: '1', licenses: [] }],
    ['lines that end as on Windows', 'Name: a\r\nVersion: 1\r\n\r\n', { name: 'a', version: '1', licenses: [] }],
  ])('reads %s', (_name, text, draft) => {
    expect(catalog(text)).toEqual([{ kind: 'package', draft: { type: 'pypi', ...draft } }]);
  });

  it.each([[''], ['Name: a\n'], ['\nName: a\nVersion: ']])('finds nothing in %j', (text) => {
    expect(catalog(text)).toEqual([]);
  });
});
