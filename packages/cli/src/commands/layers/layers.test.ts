import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { layers } from './index.ts';

type Row = Record<string, unknown>;
const rowsOf = (json: unknown) => (json as { layers: readonly Row[] }).layers;
const linesOf = async (input: string) => (await layers(input, {}, useFake())).table(createStyle(false)).split('\n');

describe('layers', () => {
  it('gives the members that others build on', async () => {
    const rows = rowsOf((await layers('rich', {}, useFake())).json);
    expect(rows.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rows.map(({ base }) => base)).toEqual([
      'debian:11-slim',
      'debian:11-slim',
      'python:3.9-slim',
      'python:3.9-slim',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(rows[1]).toMatchObject({ emptyLayer: true, createdBy: '/bin/sh -c #(nop)  CMD ["bash"]' });
    expect(rows[1]).not.toHaveProperty('digest');
    expect(rows[5]).toMatchObject({ fixed: { high: 1 }, packages: { upgraded: 1 }, hidesBytes: 900_000, wastedBytes: 0 });
  });

  it.each([
    ['chosen by number', { layer: '0,4-5' }, [0, 4, 5]],
    ['chosen by base', { base: 'python:3.9-slim' }, [2, 3]],
    ['chosen by another name of the base', { base: 'debian:bullseye-slim' }, [0, 1]],
    ['chosen by both', { base: 'debian:11-slim', layer: '1-3' }, [1]],
  ])('%s', async (_, options, expected) => {
    expect(rowsOf((await layers('rich', options, useFake())).json).map(({ index }) => index)).toEqual(expected);
  });

  it('refuses a base that is none', async () => {
    await expect(layers('rich', { base: 'fedora' }, useFake())).rejects.toMatchObject({
      code: 'USAGE',
      hint: expect.stringContaining('debian:11-slim -> python:3.9-slim'),
    });
  });

  it('shows instruction, size, packages, counts, what was fixed and what is wasted', async () => {
    const lines = await linesOf('rich');
    expect(lines[2]).toMatch(/instruction +size +packages +added +fixed +wasted/);
    expect(lines[3]).toMatch(/^0 {2}ADD file:0b1b in \/ +31\.0 MB {2}\+3 +0C 1H 0M 1L 0\? +900 kB$/);
    expect(lines[4]).toMatch(/^1 {2}CMD \["bash"\] +–$/);
    expect(lines[8]).toMatch(/^5 .+400 kB {2}↑1 +0C 0H 0M 0L 0\? +1$/);
  });

  it('says unknown where no advisories are loaded', async () => {
    expect((await linesOf('empty'))[3]).toMatch(/^0 {2}COPY site \/ {2}97 B +unknown$/);
  });
});
