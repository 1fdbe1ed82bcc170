import type { BaseRecord } from '@plimsoll/core';
import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import type { CommandContext } from '../../types.ts';
import { addBases, listBases, removeBases } from './index.ts';

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
    const result = await listBases(useFake({ bases: [record, { ...undated, name: 'x'.repeat(90) }] }));
    expect(result.json).toEqual({ bases: [record, { ...undated, name: 'x'.repeat(90) }] });
    expect(result.table(style)).toMatch(/^python:3\.9-slim +linux\/amd64 +29 days ago +2 {2}added$/m);
    expect(result.table(style)).toMatch(/^x+… +linux\/amd64 +– +2 {2}added$/m);
  });

  it('adds a place', async () => {
    const result = await addBases('python', useFake());
    expect(result).toMatchObject({ json: { images: 2, repositories: ['python'] }, exitCode: 0 });
    expect(result.table(style)).toBe('added 2 images of python');
  });

  it('could not, where the place holds none', async () => {
    const result = await addBases('nothing', using({}, { addBases: async () => ({ images: 0, repositories: [] }) }));
    expect(result).toMatchObject({ exitCode: 1, faults: ['nothing holds no image that could be added'] });
  });

  it('forgets a repository, and says where there is none', async () => {
    expect((await removeBases('python', using({ remove: () => 1 }))).table(style)).toBe('removed 1 image of python');
    await expect(removeBases('perl', using({ remove: () => 0 }))).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });
});
