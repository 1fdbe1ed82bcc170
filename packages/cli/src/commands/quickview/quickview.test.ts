import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { quickview } from './index.ts';

const style = createStyle(false);
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start));

describe('quickview', () => {
  it('shows target, base, refreshed and changed base with the difference', async () => {
    const text = (await quickview('rich', {}, useFake())).table(style);
    expect(lineOf(text, 'Target')).toMatch(/registry\.local\/shop\/api:2\.4 +1C 1H 1M 1L 1\?$/);
    expect(lineOf(text, 'Base image')).toMatch(/python:3\.9-slim +0C 1H 0M 1L 0\?$/);
    expect(lineOf(text, 'Refreshed base image')).toMatch(/python:3\.9-slim +0C 0H 0M 1L 0\?$/);
    expect(text).toMatch(/^ +-1H$/m);
    expect(lineOf(text, 'Changed base image')).toMatch(/python:3\.9-alpine +unknown$/);
    expect(text).toContain('1 known exploited, 3 can be fixed');
    expect(text).toContain('Not covered: osv was last updated 11 days ago');
  });

  it('counts for the base what all bases brought', async () => {
    expect((await quickview('rich', {}, useFake())).json).toMatchObject({ baseCounts: { high: 1, low: 1, critical: 0 } });
  });

  it('says unknown where base and advisories are', async () => {
    const result = await quickview('empty', {}, useFake());
    const text = result.table(style);
    expect(lineOf(text, 'Target')).toMatch(/unknown$/);
    expect(lineOf(text, 'Base image')).toMatch(/unknown$/);
    expect(text).toContain('none identified');
    expect(text).not.toMatch(/\b0C\b|can be fixed/);
    expect(result.json).toMatchObject({ base: null, baseCounts: null, refreshed: null, changed: null });
    expect(result.hints).toEqual([expect.stringContaining('plimsoll advisories update')]);
  });
});
