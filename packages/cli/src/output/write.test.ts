import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { standardReports } from '@plimsoll/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CommandResult } from '../types.ts';
import { checkFormats, writeResult } from './write.ts';

const plain = { color: false, terminal: false };
const result: CommandResult = { json: { a: '\u009b31m' }, table: (style) => style.bold('words'), report: standardReports.small };

afterEach(() => vi.restoreAllMocks());

function written(run: () => void): string {
  const pieces: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((piece) => pieces.push(String(piece)) > 0);
  run();
  return pieces.join('');
}

describe('writeResult', () => {
  it('writes table, JSON and the formats of a report', () => {
    expect(written(() => writeResult(result, { formats: ['table'], ...plain }))).toBe('words\n');
    expect(JSON.parse(written(() => writeResult(result, { formats: ['json'], ...plain })))).toEqual(result.json);
    expect(JSON.parse(written(() => writeResult(result, { formats: ['cyclonedx'], ...plain })))).toMatchObject({ bomFormat: 'CycloneDX' });
  });

  it('writes several at once, each to its place, files without colour', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-write-'));
    const out = written(() =>
      writeResult(result, {
        formats: [`sarif=${folder}/out.sarif`, `table=${folder}/out.txt`, 'table'],
        color: true,
        terminal: true,
      }),
    );
    expect(out).toContain('\u001b[1m');
    expect(readFileSync(`${folder}/out.txt`, 'utf8')).toBe('words\n');
    expect(JSON.parse(readFileSync(`${folder}/out.sarif`, 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  it('lets no document steer a terminal, and changes nothing in a file or pipe', () => {
    const rich = { ...result, report: standardReports.rich };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;
    for (const format of ['json', 'csv', 'markdown', 'sarif', 'cyclonedx', 'spdx']) {
      expect(written(() => writeResult(rich, { formats: [format], color: false, terminal: true }))).not.toMatch(steering);
    }
    expect(written(() => writeResult(result, { formats: ['json'], ...plain }))).toContain('\u009b');
  });

  it('says which file cannot be written', () => {
    const run = () => writeResult(result, { formats: ['json'], output: '/nowhere/at/all.json', ...plain });
    expect(run).toThrow(expect.objectContaining({ code: 'OUTPUT_UNWRITABLE', message: expect.stringContaining('/nowhere/at/all.json') }));
  });

  it('writes nothing where one of several formats is not to be had', () => {
    const { report: _, ...without } = result;
    expect(
      written(() => expect(() => writeResult(without, { formats: ['table', 'sarif'], ...plain })).toThrow(/cannot be written as sarif/)),
    ).toBe('');
  });
});

describe('checkFormats', () => {
  it('knows every format, with and without a file', () => {
    expect(() => checkFormats(['table', 'list', 'json=a', 'cyclonedx', 'spdx', 'sarif=x=y', 'markdown', 'csv'])).not.toThrow();
  });

  it('refuses others', () => {
    expect(() => checkFormats(['table', 'xml'])).toThrow(expect.objectContaining({ code: 'FORMAT_UNKNOWN' }));
  });
});
