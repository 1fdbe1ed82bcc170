import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { recommendations } from './index.ts';

const text = 'FROM python:3.9-slim\nCOPY node_modules ./node_modules\n';

describe('recommendations --dockerfile', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-dockerfile-'));
    file = path.join(folder, 'Dockerfile');
  });
  beforeEach(() => writeFileSync(file, text));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('shows lines with what they brought, and recommendations as diffs', async () => {
    const table = (await recommendations('rich', { dockerfile: file }, useFake())).table(createStyle(false));
    expect(table).toMatch(/line 2 COPY \(1 layer\): 1C/);
    expect(table).toContain('-FROM python:3.9-slim\n+FROM python:3.9-alpine');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('writes the best change that the file can show, and says so', async () => {
    const result = await recommendations('rich', { dockerfile: file, write: true, pin: true }, useFake());
    expect(readFileSync(file, 'utf8')).toMatch(/^FROM python:3\.9-slim@sha256:[0-9a-f]{64}\nCOPY/);
    expect(result.faults).toEqual([`wrote ${file}: refresh python:3.9-slim`]);
  });

  it('writes nothing that was not asked for', async () => {
    const result = await recommendations('rich', { dockerfile: file, write: true, onlyRefresh: true }, useFake());
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(result.faults).toBeUndefined();
    expect(result.table(createStyle(false))).not.toContain('3.9-alpine');
    await recommendations('rich', { dockerfile: file, write: true, onlyUpdate: true }, useFake());
    expect(readFileSync(file, 'utf8')).toContain('FROM python:3.9-alpine\n');
  });

  it('refuses a file that is not there', async () => {
    await expect(recommendations('rich', { dockerfile: `${file}.x` }, useFake())).rejects.toMatchObject({ code: 'USAGE' });
  });
});
