import { testCataloger } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import { bdbOf, header, ndbOf, sqliteOf } from './database.fixture.ts';
import { rpm } from './index.ts';

const packages = [
  header({
    name: 'bash',
    version: '5.1.8',
    release: '6.el9',
    source: 'bash-5.1.8-6.el9.src.rpm',
    files: ['/usr/bin/bash', '/usr/bin/sh', '/etc/skel/.bashrc'],
  }),
  header({
    name: 'openssl-libs',
    version: '3.0.7',
    release: '24.el9',
    epoch: 1,
    source: 'openssl-3.0.7-24.el9.src.rpm',
    license: 'x'.repeat(20_000),
  }),
  header({ name: 'gpg-pubkey', version: 'fd431d51', release: '4ae0493b' }),
];
const kinds = {
  sqlite: sqliteOf,
  ndb: ndbOf,
  bdb: (found: typeof packages) => bdbOf(found),
  'bdb, big-endian': (found: typeof packages) => bdbOf(found, true),
};
const catalog = (bytes: Uint8Array) => [...rpm.catalog({ path: 'var/lib/rpm/Packages', bytes })];

testCataloger(rpm, {
  files: [
    { path: 'var/lib/rpm/rpmdb.sqlite', bytes: sqliteOf(packages) },
    { path: 'usr/lib/sysimage/rpm/Packages.db', bytes: ndbOf(packages) },
    { path: 'var/lib/rpm/Packages', bytes: bdbOf(packages) },
  ],
  others: ['var/lib/rpm/Basenames', 'var/lib/rpm/rpmdb.sqlite-shm', 'home/var/lib/rpm/Packages'],
  purlOf,
});

describe('rpm', () => {
  it.each([
    ['var/lib/rpm/Packages', true],
    ['var/lib/rpm/rpmdb.sqlite', true],
    ['usr/lib/sysimage/rpm/Packages.db', true],
    ['usr/share/rpm/rpmdb.sqlite', true],
    ['var/lib/rpm/Basenames', false],
    ['home/var/lib/rpm/Packages', false],
  ])('claims %s: %s', (path, claimed) => {
    expect(rpm.claims(path, { path, kind: 'file', size: 1 })).toBe(claimed);
  });

  it.each(Object.entries(kinds))('reads a database of the kind %s', (_, build) => {
    const found = catalog(build(packages));
    expect(found.filter(({ kind }) => kind === 'package')).toEqual([
      {
        kind: 'package',
        draft: {
          type: 'rpm',
          name: 'bash',
          version: '5.1.8-6.el9',
          architecture: 'x86_64',
          origin: { name: 'bash', version: '5.1.8-6.el9' },
          licenses: ['MIT'],
        },
      },
      {
        kind: 'package',
        draft: {
          type: 'rpm',
          name: 'openssl-libs',
          version: '1:3.0.7-24.el9',
          architecture: 'x86_64',
          origin: { name: 'openssl', version: '3.0.7-24.el9' },
          licenses: ['x'.repeat(20_000)],
        },
      },
    ]);
    expect(found.filter(({ kind }) => kind === 'owns')).toEqual([
      { kind: 'owns', package: 'bash', paths: ['usr/bin/bash', 'usr/bin/sh', 'etc/skel/.bashrc'] },
    ]);
  });

  it.each([
    ['nodejs:18:8060020230324124021:ad008a3a', 'nodejs:18:8060020230324124021:ad008a3a'],
    ['ruby:3.1', 'ruby:3.1'],
    ['(none)', undefined],
    ['', undefined],
    ['a b:c', undefined],
    [`a:${'b'.repeat(400)}`, undefined],
  ])('keeps the module %s', (module, expected) => {
    const [found] = catalog(sqliteOf([header({ name: 'nodejs', version: '18.1', release: '1.module+el8', module })]));
    expect(found?.kind === 'package' && found.draft.module).toBe(expected);
  });

  it('reads a table that takes many pages, and one without rows', () => {
    const many = Array.from({ length: 3000 }, (_, number) =>
      header({ name: `p${number}`, version: '1', release: '1', license: 'y'.repeat(number % 700) }),
    );
    expect(catalog(sqliteOf(many)).map((found) => (found.kind === 'package' ? found.draft.name : ''))).toEqual(
      many.map((_, number) => `p${number}`),
    );
    expect(catalog(sqliteOf([]))).toEqual([]);
    expect(catalog(new Uint8Array())).toEqual([]);
  });

  it.each(Object.entries(kinds))('refuses a database of the kind %s that is cut off', (_, build) => {
    const bytes = build(packages);
    expect(() => catalog(bytes.subarray(0, Math.floor(bytes.length * 0.6)))).toThrow();
  });

  it('refuses what is no database', () => {
    expect(() => catalog(Buffer.from('not a database at all'.repeat(300)))).toThrow('no rpm database');
  });

  it('ends whatever the bytes are', () => {
    const whole = Object.values(kinds).map((build) => Buffer.from(build(packages)));
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        (bytes, changes) => {
          const damaged = Buffer.from(bytes);
          for (const [at, value] of changes) damaged[(at % 4600) % damaged.length] = value;
          try {
            catalog(damaged);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
