import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { widthOf } from '../../output/text.ts';
import { useFake } from '../../test-support/use.ts';
import { compare } from './index.ts';

const { rich } = standardReports;

describe('compare', () => {
  it('says what the image brings that the other has not', async () => {
    const result = await compare('rich', { to: 'empty' }, useFake());
    expect(result.json).toMatchObject({ to: { name: rich.inventory.image.name }, packages: { added: rich.inventory.packages.length } });
    const text = result.table(createStyle(false));
    expect(text).toContain('+ npm lodash 4.17.11');
    expect(text).toMatch(/Brings \d+ vulnerabilities: the image changed/);
    for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
  });

  it('holds an image against a report of another day', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-compare-'));
    try {
      const file = path.join(folder, 'then.json');
      writeFileSync(file, JSON.stringify({ ...rich, matches: [] }));
      const result = await compare('rich', { to: file, exitOn: ['vulnerability'] }, useFake());
      expect(result.exitCode).toBe(2);
      expect(result.table(createStyle(false))).toMatch(/Brings \d+ vulnerabilities: the advisories changed/);
      writeFileSync(file, '{"schema":2}');
      await expect(compare('rich', { to: file }, useFake())).rejects.toMatchObject({ code: 'INPUT_UNRECOGNISED' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([
    ['nothing new', 'rich', 'rich', ['vulnerability,package'], 0],
    ['a vulnerability', 'rich', 'empty', ['vulnerability'], 2],
    ['another package', 'empty', 'rich', ['package'], 2],
    ['no condition', 'rich', 'empty', [], 0],
  ])('ends as asked for: %s', async (_, input, to, exitOn, exitCode) => {
    expect((await compare(input, { to, exitOn }, useFake())).exitCode).toBe(exitCode);
  });

  it('refuses a condition that is none', async () => {
    await expect(compare('rich', { to: 'rich', exitOn: ['all'] }, useFake())).rejects.toMatchObject({ code: 'USAGE' });
  });
});
