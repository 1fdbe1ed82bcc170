import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { advisoriesStatus, exportAdvisories, importAdvisories, updateAdvisories } from './index.ts';

const style = createStyle(false);

describe('advisories update', () => {
  it('says what each source gave', async () => {
    const result = await updateAdvisories({ source: ['osv,kev'] }, useFake());
    expect(result.exitCode).toBe(0);
    expect(result.json).toMatchObject({ results: [{ source: 'osv', state: 'updated' }, { source: 'kev' }] });
    expect(result.table(style)).toMatch(/^osv +updated +1$/m);
  });

  it('goes on where one source fails, and says so', async () => {
    const result = await updateAdvisories({}, useFake({ failing: ['osv'] }));
    expect(result.exitCode).toBe(0);
    expect(result.faults).toEqual(['osv: the feed did not answer']);
    expect(result.table(style)).toMatch(/^osv +failed$/m);
  });

  it('could not, where all fail', async () => {
    expect((await updateAdvisories({ source: ['osv'] }, useFake({ failing: ['osv'] }))).exitCode).toBe(1);
  });
});

describe('advisories status', () => {
  it('says state, date, records and what is covered', async () => {
    const text = (await advisoriesStatus(useFake())).table(style);
    expect(text).toMatch(/^debian-tracker +ready +2026-01-30 \(2 days ago\) +41,000 {2}debian:11/m);
    expect(text).toMatch(/^kev +empty +– +0 {2}–$/m);
  });

  it('says how to come by advisories where there are none', async () => {
    const empty = { id: 'kev', title: '', state: 'empty', records: 0, ecosystems: [], license: '', sample: false } as const;
    expect((await advisoriesStatus(useFake({ sources: [empty] }))).hints).toEqual([expect.stringContaining('plimsoll advisories update')]);
    expect((await advisoriesStatus(useFake())).hints).toEqual([]);
  });

  it('moves the database as a file', async () => {
    expect((await exportAdvisories('/tmp/x', useFake())).table(style)).toBe('exported 30 records of 2 sources to /tmp/x');
    expect((await importAdvisories('/tmp/x', useFake())).table(style)).toBe('imported 30 records of 2 sources from /tmp/x');
  });
});
