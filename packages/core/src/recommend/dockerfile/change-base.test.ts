import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeBase } from './change-base.ts';
import { unifiedDiff } from './diff.ts';
import { cases, type DockerfileCase, expectedOf, NEW, OLD } from './dockerfiles.fixture.ts';

function change({ before, from = 'python:3.9-slim', to = 'python:3.12-slim', pin = false }: DockerfileCase) {
  return changeBase(before, { from: { names: [from], digests: [OLD] }, to: { name: to, digest: NEW, pin } });
}

describe('another base in a Dockerfile', () => {
  it.each(cases)('$name', (example) => {
    const { text, found, notes } = change(example);
    expect(text).toBe(expectedOf(example));
    expect(found).toBe(true);
    expect(notes).toEqual(example.notes ?? []);
  });

  it.each([
    ['another image', 'FROM node:18\n'],
    ['another tag', 'FROM python:3.9\n'],
    ['another repository of the same name', 'FROM registry.local/python:3.9-slim\n'],
    ['a number, which names no stage', 'FROM node:18\nFROM 0\n'],
    ['a stage of that name', 'FROM node:18 AS python\nFROM python\n'],
    ['an argument without a default', `ARG BASE\nFROM \${BASE}\n`],
    ['arguments that go in circles', 'ARG A=$B\nARG B=$A\nFROM $A\n'],
    ['nothing', ''],
    ['no Dockerfile', '\u0000\u0001<html>FROM\nFROM\n'],
  ])('leaves %s as it is', (_, before) => {
    expect(change({ name: '', before, changed: {} })).toEqual({ text: before, found: false, notes: [] });
  });
});

describe('arguments that were given to the build', () => {
  const text = `ARG BASE=node:18\nARG V=1\nFROM \${BASE}\nFROM python:\${V}-slim\n`;
  const changeOf = (given: Readonly<Record<string, string>>) =>
    changeBase(text, {
      from: { names: ['python:3.9-slim'], digests: [] },
      to: { name: 'python:3.12-slim', digest: NEW, pin: false },
      given,
    });

  it('come before the defaults, and are to be given otherwise: the file stays', () => {
    expect(changeOf({ BASE: 'python:3.9-slim' })).toEqual({ text, found: true, notes: ['build with --build-arg BASE=python:3.12-slim'] });
    expect(changeOf({ V: '3.9' })).toEqual({ text, found: true, notes: ['build with --build-arg V=3.12'] });
  });

  it('that the file does not declare change nothing', () => {
    expect(changeOf({ OTHER: 'python:3.9-slim' })).toEqual({ text, found: false, notes: [] });
  });
});

describe('its diff', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-diff-'));
    execFileSync('git', ['init', '-q', folder]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(cases)('is taken by git apply: $name', (example) => {
    const file = path.join(folder, 'Dockerfile');
    writeFileSync(file, example.before);
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: folder,
      input: unifiedDiff(example.before, change(example).text, 'Dockerfile'),
    });
    expect(readFileSync(file, 'utf8')).toBe(expectedOf(example));
  });

  it('names a file that patch finds: no blank without its mark, no way out of the folder', () => {
    expect(unifiedDiff('a\n', 'b\n', './my dir/Dockerfile')).toContain('--- a/my dir/Dockerfile\t\n+++ b/my dir/Dockerfile\t\n');
    expect(unifiedDiff('a\n', 'b\n', '../../Dockerfile')).toContain('--- a/Dockerfile\n');
  });

  it('is empty where nothing changes', () => {
    expect(unifiedDiff('FROM a\n', 'FROM a\n', 'Dockerfile')).toBe('');
  });
});
