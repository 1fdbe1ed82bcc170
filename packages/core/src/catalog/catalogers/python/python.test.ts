import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { python } from './index.ts';

const catalog = (text: string) => [...python.catalog({ path: 'x', bytes: new TextEncoder().encode(text) })];

const METADATA = `Metadata-Version: 2.4
Name: requests
Version: 2.31.0
License-Expression: Apache-2.0
Classifier: License :: OSI Approved :: Apache Software License
Requires-Dist: idna<4,>=2.5

# Requests
Version: 9
`;

testCataloger(python, {
  files: [
    { path: 'usr/lib/python3/dist-packages/requests-2.31.0.dist-info/METADATA', bytes: METADATA },
    { path: 'usr/lib/python3/dist-packages/six-1.16.0.egg-info', bytes: METADATA },
    { path: 'app/six-1.16.0-py3.11.egg/EGG-INFO/PKG-INFO', bytes: METADATA },
  ],
  others: ['app/PKG-INFO', 'app/requests-2.31.0.dist-info/RECORD', 'app/requests-2.31.0.dist-info/direct_url.json', 'app/requirements.txt'],
  purlOf,
});

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
    [
      'the expression rather than the rest',
      'Name: a\nVersion: 1\nLicense: Apache\nLicense-Expression: Apache-2.0 OR MIT\n',
      { name: 'a', version: '1', licenses: ['Apache-2.0 OR MIT'] },
    ],
    [
      'classifiers where the licence stands there in full',
      'Name: a\nVersion: 1\nLicense: MIT License\n        \n        Permission is hereby granted\nClassifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: MIT License\nClassifier: Topic :: Utilities\nClassifier: License :: Public Domain\n',
      { name: 'a', version: '1', licenses: ['MIT License', 'Public Domain'] },
    ],
    ['lines that end as on Windows', 'Name: a\r\nVersion: 1\r\n\r\n', { name: 'a', version: '1', licenses: [] }],
  ])('reads %s', (_name, text, draft) => {
    expect(catalog(text)).toEqual([{ kind: 'package', draft: { type: 'pypi', ...draft } }]);
  });

  it.each([[''], ['Name: ../a\nVersion: 1\n'], ['Name: ---\nVersion: 1\n'], ['Name: a\n'], ['\nName: a\nVersion: ']])(
    'finds nothing in %j',
    (text) => {
      expect(catalog(text)).toEqual([]);
    },
  );
});
