import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { recommendations } from './index.ts';

interface Json {
  readonly refresh: readonly { readonly name: string }[];
  readonly change: readonly { readonly name: string }[];
}
const style = createStyle(false);

describe('recommendations', () => {
  it('gives the members that others build on, of the nearest base', async () => {
    expect((await recommendations('rich', {}, useFake())).json).toMatchObject({
      image: { name: 'registry.local/shop/api:2.4', advice: { state: 'outdated' } },
      refresh: [{ tag: '3.9-slim', difference: { high: -1 }, benefits: expect.any(Array), disadvantages: [], why: expect.any(String) }],
      change: [{ tag: '3.9-alpine', aliases: ['python:3.9-alpine3.18'], dockerfile: 'FROM python:3.9-alpine' }],
      plan: [
        { kind: 'refresh-base', after: { critical: 1 } },
        { kind: 'upgrade-packages', commands: ['npm install lodash@4.17.21'] },
      ],
      hidden: [{ layer: 4, hiddenBy: 6, own: true }],
    });
  });

  it.each([
    ['refresh alone', { onlyRefresh: true }, ['python:3.9-slim'], []],
    ['change alone', { onlyUpdate: true }, [], ['python:3.9-alpine']],
    ['a base by its tag', { tag: '3.9-slim' }, ['python:3.9-slim'], ['python:3.9-alpine']],
    ['a base by its alias', { tag: '3.9-slim-bullseye' }, ['python:3.9-slim'], ['python:3.9-alpine']],
  ])('%s', async (_, options, refresh, change) => {
    const json = (await recommendations('rich', options, useFake())).json as Json;
    expect(json.refresh.map(({ name }) => name)).toEqual(refresh);
    expect(json.change.map(({ name }) => name)).toEqual(change);
  });

  it('refuses a tag that no base has', async () => {
    await expect(recommendations('rich', { tag: '4' }, useFake())).rejects.toMatchObject({
      code: 'USAGE',
      hint: expect.stringContaining('python:3.9-slim'),
    });
  });

  it('shows both sides, why, and what to write', async () => {
    const text = (await recommendations('rich', {}, useFake())).table(style);
    expect(text).toContain('this image: a newer image was pushed under this tag\n    docker pull registry.local/shop/api:2.4');
    expect(text).toContain('python:3.9-slim  built 29 days ago  43.0 MB  0C 0H 0M 1L 0?  (-1H)');
    expect(text).toContain('    + is 25 MB smaller');
    expect(text).toContain('    – uses musl instead of glibc');
    expect(text).toContain('    FROM python:3.9-alpine');
  });

  it('shows the part that was asked for', async () => {
    expect((await recommendations('rich', { onlyRefresh: true }, useFake())).table(style)).not.toContain('Change base image');
    expect((await recommendations('rich', { onlyUpdate: true }, useFake())).table(style)).not.toContain('Refresh base image');
  });

  it('does not call up to date what it does not know', async () => {
    const text = (await recommendations('small', {}, useFake())).table(style);
    expect(text).toContain('The base image is unknown');
    expect(text).not.toContain('up to date');
  });
});
