import { testCataloger } from '@plimsoll/testkit/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../purl.ts';
import type { Finding } from '../../types.ts';
import { goProgram, modulesText, oldGoProgram } from './go.fixture.ts';
import { go } from './index.ts';

const scan = (bytes: Uint8Array, piece = 4096): readonly Finding[] => {
  const file = go.scan({ path: 'app/server', kind: 'file', size: bytes.length, executable: true });
  for (let at = 0; at < bytes.length; at += piece) if (!file.push(bytes.subarray(at, at + piece))) break;
  return [...file.end()];
};
const names = (findings: readonly Finding[]) =>
  findings.map((finding) => (finding.kind === 'package' ? `${finding.draft.name} ${finding.draft.version}` : finding.kind));

const text = modulesText(
  'path example.org/shop/cmd/server',
  'mod example.org/shop v1.4.2 h1:sum=',
  'dep golang.org/x/net v0.7.0 h1:sum=',
  'dep github.com/old/name v1.0.0',
  '=> github.com/new/name v1.2.0 h1:sum=',
  'dep example.org/local v0.0.0',
  '=> ./local (devel)',
  'build -compiler=gc',
);
const expected = [
  'example.org/shop v1.4.2',
  'golang.org/x/net v0.7.0',
  'github.com/new/name v1.2.0',
  'example.org/local (devel)',
  'stdlib 1.21.3',
];

testCataloger(go, {
  files: [{ path: 'app/server', bytes: goProgram('go1.21.3', text) }],
  others: ['app/server.py'],
  purlOf,
});

describe('go', () => {
  it.each([
    ['usr/local/bin/server', true, true],
    ['app/server.exe', true, true],
    ['app/helm-v3.2.1', true, true],
    ['app/server', undefined, false],
    ['app/run.sh', true, false],
    ['usr/lib/libssl.so.3', true, false],
    ['usr/share/doc/x', true, false],
  ])('claims %s, executable %s: %s', (path, executable, claimed) => {
    expect(go.claims(path, { path, kind: 'file', size: 1, ...(executable && { executable }) })).toBe(claimed);
  });

  it.each([4096, 1, 7, 33, 1_000_000])('reads modules, replaced ones and the library, in pieces of %i bytes', (piece) => {
    expect(names(scan(goProgram('go1.21.3', text), piece))).toEqual(expected);
  });

  it('reads a list that is longer than one piece', () => {
    const many = modulesText(...Array.from({ length: 3000 }, (_, index) => `dep example.org/m${index} v1.0.${index} h1:sum=`));
    expect(scan(goProgram('go1.22.0', many), 1000)).toHaveLength(3001);
  });

  it('goes past a header that is none: the text of a program that reads build information', () => {
    const fake = Buffer.concat([
      Buffer.from('\x7fELF', 'latin1'),
      Buffer.alloc(12),
      Buffer.from('\xff Go buildinf:', 'latin1'),
      Buffer.alloc(98, 0xff),
    ]);
    expect(names(scan(Buffer.concat([fake, goProgram('go1.21.3', text)])))).toEqual(expected);
  });

  it('finds the modules of programs of Go 1.17 and before, without the library', () => {
    expect(names(scan(oldGoProgram(text)))).toEqual(expected.slice(0, -1));
  });

  it.each([
    ['go1.22rc1', '1.22rc1'],
    ['go1.20.4 X:boringcrypto', '1.20.4'],
    ['devel go1.23-abcdef', undefined],
  ])('takes the version of %s for that of the library', (version, library) => {
    expect(names(scan(goProgram(version, ''))).at(-1)).toBe(library === undefined ? undefined : `stdlib ${library}`);
  });

  it.each([
    ['-ldflags="-s -w -X main.version=v2.3.4 -X main.commit=abc"', 'v2.3.4'],
    ['-ldflags=" -X \\"example.org/shop/internal.Version=1.2.3+dfsg1\\" -w"', '1.2.3+dfsg1'],
    ['-ldflags="-X main.commit=1.2.3"', '(devel)'],
    ['-tags=x', '(devel)'],
  ])('gives a main module built from a checkout the version it was linked with: %s', (flag, version) => {
    const main = `mod\texample.org/shop\t(devel)\t\nbuild\t${flag}\n`;
    expect(names(scan(goProgram('devel', main)))).toEqual([`example.org/shop ${version}`]);
  });

  it.each([
    ['a script', Buffer.from('#!/bin/sh\n\xff Go buildinf:')],
    ['an empty file', Buffer.alloc(0)],
    ['a short file', Buffer.from('\x7fEL')],
    ['another program', Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(5000)])],
    ['a program that ends in the header', goProgram('go1.21.3', text).subarray(0, 4110)],
    ['a program that ends in the list', goProgram('go1.21.3', text).subarray(0, 4200)],
  ])('finds nothing in %s', (_name, bytes) => {
    expect(scan(bytes)).toEqual([]);
  });

  it('stops reading where everything is known', () => {
    const file = go.scan({ path: 'a', kind: 'file', size: 1, executable: true });
    expect(file.push(goProgram('go1.21.3', text))).toBe(false);
  });

  it('survives anything', () => {
    const program = goProgram('go1.21.3', text);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(program.length - 1), fc.nat(255)), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5000 }),
        (changes, piece) => {
          const bytes = Buffer.from(program);
          for (const [at, value] of changes) bytes[at] = value;
          expect(Array.isArray(scan(bytes, piece))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
