import { testCataloger } from '@plimsoll/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { conda } from './index.ts';

const record = {
  arch: 'x86_64',
  build: 'h7f8727e_0',
  build_number: 0,
  channel: 'https://conda.example/main/linux-64',
  depends: ['libgcc-ng >=11.2.0'],
  files: ['bin/openssl', 'lib/libssl.so.3'],
  fn: 'openssl-3.0.13-h7f8727e_0.conda',
  license: 'Apache-2.0',
  name: 'openssl',
  subdir: 'linux-64',
  version: '3.0.13',
};
const path = 'opt/conda/conda-meta/openssl-3.0.13-h7f8727e_0.json';
const catalog = (value: unknown) => [...conda.catalog({ path, bytes: Buffer.from(JSON.stringify(value)) })];

testCataloger(conda, {
  files: [
    { path, bytes: JSON.stringify(record, undefined, 2) },
    { path: 'conda-meta/a-1-0.json', bytes: JSON.stringify({ name: 'a', version: '1' }) },
    { path: 'opt/conda/envs/app/conda-meta/a-1-0.json', bytes: JSON.stringify(record) },
  ],
  others: [
    'opt/conda/conda-meta/history',
    'opt/conda/pkgs/a-1-0/info/index.json',
    'app/my-conda-meta/a.json',
    'opt/conda/conda-meta/state/a.json',
  ],
  purlOf,
});

describe('conda', () => {
  it('reads a record', () => {
    expect(catalog(record)).toEqual([
      { kind: 'package', draft: { type: 'conda', name: 'openssl', version: '3.0.13', licenses: ['Apache-2.0'], architecture: 'linux-64' } },
    ]);
  });

  it('gives a package for every platform none', () => {
    expect(catalog({ ...record, subdir: 'noarch' })).toMatchObject([{ draft: { name: 'openssl' } }]);
    expect(catalog({ ...record, subdir: 'noarch' })[0]).not.toHaveProperty('draft.architecture');
  });

  it.each([
    [{}],
    [null],
    [[]],
    [{ name: 'a' }],
    [{ name: 'a', version: 1 }],
    [{ name: 'a/b', version: '1' }],
    [{ name: 'a', version: '\ud800' }],
  ])('finds nothing in %j', (value) => {
    expect(catalog(value)).toEqual([]);
  });
});
