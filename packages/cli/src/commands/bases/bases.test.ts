import type { BaseRecord } from '@plimsoll/core';
import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import type { CommandContext } from '../../types.ts';
import { addBases, exportBases, importBases, listBases, removeBases, syncBases } from './index.ts';

const style = createStyle(false);
const { digest, platform, config } = standardReports.rich.inventory.image;
const record: BaseRecord = {
  name: 'python:3.9-slim',
  repository: 'docker.io/library/python',
  tag: '3.9-slim',
  digest,
  platform,
  created: '2026-01-03T00:00:00Z',
  size: 43_000_000,
  layerCount: 2,
  config,
  input: 'python:3.9-slim',
  origin: 'added',
  firstSeen: '2026-01-31T00:00:00Z',
  lastSeen: '2026-01-31T00:00:00Z',
};

function using(bases: Partial<CommandContext['workspace']['bases']>, more: Partial<CommandContext['workspace']> = {}): CommandContext {
  const use = useFake();
  return { ...use, workspace: { ...use.workspace, ...more, bases: { ...use.workspace.bases, ...bases } } };
}

describe('bases', () => {
  it('lists what is known', async () => {
    const { created: _, ...undated } = record;
    const result = await listBases({}, useFake({ bases: [record, { ...undated, name: 'x'.repeat(90) }] }));
    expect(result.json).toEqual({ bases: [record, { ...undated, name: 'x'.repeat(90) }] });
    expect(result.table(style)).toMatch(/^python:3\.9-slim +linux\/amd64 +29 days ago +2 {2}added$/m);
    expect(result.table(style)).toMatch(/^x+… +linux\/amd64 +– +2 {2}added$/m);
  });

  it('adds a place', async () => {
    const result = await addBases('python', { tags: ['3.*'], platform: ['linux/arm64'] }, useFake());
    expect(result).toMatchObject({ json: { images: 2, repositories: ['python'] }, exitCode: 0 });
    expect(result.table(style)).toBe('added 2 images of python');
  });

  it('could not, where the place holds none', async () => {
    const none = { input: 'nothing', images: 0, repositories: [], tags: 0, changed: 0, gone: 0, complete: true };
    const result = await addBases('nothing', {}, using({}, { syncBases: async () => [none] }));
    expect(result).toMatchObject({ exitCode: 1, faults: ['nothing holds no image that could be added'] });
  });

  it('looks what has changed in what is followed', async () => {
    const result = await syncBases([], useFake());
    expect(result.table(style)).toMatch(/^python +2 +1 +0 +2$/m);
    expect(result.exitCode).toBe(0);
    const places = [{ input: 'python', tags: ['3.*'], platforms: [platform], state: 'done' as const, synced: '2026-01-31T00:00:00Z' }];
    const one = await syncBases(['docker.io/library/python'], using({ followed: () => places }));
    expect(one.json).toMatchObject({ results: [{ input: 'python' }] });
    await expect(syncBases(['perl'], using({ followed: () => places }))).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    const listed = await listBases({ repositories: true }, using({ followed: () => places }));
    expect(listed.table(style)).toMatch(/^python +3\.\* +linux\/amd64 +[a-z0-9 ]+ +done$/m);
  });

  it('says what was broken off', async () => {
    const [whole] = await useFake().workspace.syncBases('python', {}, useFake().context);
    const broken = using({}, { syncBases: async () => (whole ? [{ ...whole, complete: false, error: 'go on later' }] : []) });
    expect(await syncBases([], broken)).toMatchObject({ exitCode: 1, faults: ['python: go on later'] });
  });

  it('moves the index as a file', async () => {
    expect((await exportBases('/tmp/x', useFake())).table(style)).toBe('exported 2 images to /tmp/x');
    expect((await importBases('/tmp/x', useFake())).table(style)).toBe('imported 2 images from /tmp/x');
  });

  it('forgets a repository, and says where there is none', async () => {
    expect((await removeBases('python', using({ remove: () => 1 }))).table(style)).toBe('removed 1 image of python');
    await expect(removeBases('perl', using({ remove: () => 0 }))).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });
});
