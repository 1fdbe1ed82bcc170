import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadExceptions, noExceptions } from './load.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-exceptions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};
const vex = (id: string) =>
  JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    statements: [{ vulnerability: { name: id }, status: 'fixed', products: [{ '@id': 'pkg:npm/left' }] }],
  });

describe('loadExceptions', () => {
  it('is nothing where nothing is there', () => {
    expect(loadExceptions({ folder })).toEqual(noExceptions);
  });

  it('reads .plimsoll.yaml, and the documents it names beside it', () => {
    write('vex/b.json', vex('CVE-2'));
    write('vex/deep/a.json', vex('CVE-1'));
    write('vex/notes.txt', 'no document');
    write(
      '.plimsoll.yaml',
      `exceptions:
  - vulnerability: [CVE-2099-1, CVE-2099-2]
    package: { name: left, type: npm }
    path: /app/*
    layer: 3
    image: shop/*
    fix: none
    reason: never called
    expires: 2026-12-31
  - package: pkg:npm/right
    reason: not reachable
  - { package: open*, reason: x }
vex: vex
`,
    );
    const { rules, documents, diagnostics } = loadExceptions({ folder });
    expect(rules).toEqual([
      {
        name: '.plimsoll.yaml, exception 1',
        vulnerabilities: ['CVE-2099-1', 'CVE-2099-2'],
        package: { name: 'left', type: 'npm' },
        path: '/app/*',
        layer: 3,
        image: 'shop/*',
        fix: 'none',
        reason: 'never called',
        expires: '2026-12-31',
      },
      { name: '.plimsoll.yaml, exception 2', package: { purl: 'pkg:npm/right' }, reason: 'not reachable' },
      { name: '.plimsoll.yaml, exception 3', package: { name: 'open*' }, reason: 'x' },
    ]);
    expect(documents.map(({ name }) => name)).toEqual(['b.json', 'a.json']);
    expect(diagnostics).toEqual([]);
  });

  it('changes its fingerprint with what is read', () => {
    write('.plimsoll.yaml', 'exceptions: [{ package: a, reason: x }]');
    const before = loadExceptions({ folder }).fingerprint;
    write('.plimsoll.yaml', 'exceptions: [{ package: b, reason: x }]');
    expect(loadExceptions({ folder }).fingerprint).not.toBe(before);
  });

  it('says of a document in a folder that it cannot be read, and reads the rest', () => {
    write('vex/a.json', vex('CVE-1'));
    write('vex/b.json', '{');
    write('vex/c.json', '{}');
    const { documents, diagnostics } = loadExceptions({ folder, vex: ['vex'] });
    expect(documents).toHaveLength(1);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['VEX_UNREADABLE', 'b.json is no JSON'],
      ['VEX_UNREADABLE', 'c.json is no VEX document that is known'],
    ]);
  });

  it.each(['{', '{}', '{"@context":"https://openvex.dev/ns","statements":1}'])('stops at a document that is named and says %s', (text) => {
    write('a.json', text);
    expect(() => loadExceptions({ folder, vex: ['a.json'] })).toThrow(expect.objectContaining({ code: 'VEX_UNREADABLE' }));
  });

  it('stops where a place is not there', () => {
    expect(() => loadExceptions({ folder, vex: ['nowhere'] })).toThrow(expect.objectContaining({ code: 'VEX_UNREADABLE' }));
    expect(() => loadExceptions({ folder, config: 'nowhere.yaml' })).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
  });

  it.each<[string, string, string]>([
    ['no reason', 'exceptions: [{ package: a }]', 'exceptions 1 reason'],
    ['an empty reason', 'exceptions: [{ package: a, reason: "" }]', 'reason'],
    ['a rule for everything', 'exceptions: [{ reason: because }]', 'would leave out everything'],
    ['a member nobody knows', 'exceptions: [{ package: a, reason: x, expire: 2026-01-01 }]', 'expire'],
    ['a day that is none', 'exceptions: [{ package: a, reason: x, expires: 2026-02-31 }]', 'expires'],
    ['a type that is none', 'exceptions: [{ package: { type: pip }, reason: x }]', 'package'],
    ['no YAML', 'exceptions: [', '.plimsoll.yaml'],
    ['a text', 'exceptions', '.plimsoll.yaml'],
    ['aliases that grow', 'a: &a [x, x]\nexceptions: [*a, *a]', 'lias'],
  ])('refuses %s and says where', (_, text, where) => {
    write('.plimsoll.yaml', text);
    expect(() => loadExceptions({ folder })).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', message: expect.stringContaining(where) }),
    );
  });
});
