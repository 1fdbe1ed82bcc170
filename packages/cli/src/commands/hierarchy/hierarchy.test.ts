import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { hierarchy } from './index.ts';

const style = createStyle(false);

describe('hierarchy', () => {
  it('gives the chain, earliest base first, this image last', async () => {
    const { json } = await hierarchy('rich', {}, useFake());
    expect(json).toEqual({ hierarchy: standardReports.rich.hierarchy });
  });

  it('shows range, confidence, evidence, other names and the update', async () => {
    const lines = (await hierarchy('rich', {}, useFake())).table(style).split('\n');
    expect(lines.slice(0, 5)).toEqual([
      '├ debian:11-slim ↑ newer image, built 31 days ago',
      '│   layers 0–1 · built 8 months ago · matched · 0C 1H 0M 1L 0?',
      '│   after the update: 0C 0H 0M 1L 0?',
      '│   chain-id: layer 0 is all of debian:11-slim',
      '│   or: debian:bullseye-slim',
    ]);
    expect(lines.at(-2)).toBe('└ registry.local/shop/api:2.4 (this image)');
    expect(lines.at(-1)).toBe('    layers 4–7 · 1C 0H 1M 0L 1?');
  });

  it('says that no base is known, and how to make one known', async () => {
    const result = await hierarchy('small', {}, useFake());
    expect(result.table(style)).toContain('The base image is unknown.');
    expect(result.hints).toContainEqual(expect.stringContaining('plimsoll bases add'));
  });

  it('says unknown where no advisories are loaded', async () => {
    expect((await hierarchy('empty', {}, useFake())).table(style)).toContain('vulnerabilities unknown');
  });
});
