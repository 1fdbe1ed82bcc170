import { describe, expect, it } from 'vitest';
import { base, distro } from '../../shared/base.fixture.ts';
import { os } from './index.ts';

const on = (id: string, version: string) => base({ distro: distro(id, version) });
const now = new Date(0);

describe('os', () => {
  it.each([
    ['the same release', 'debian', '12', 'debian', '12', 'benefit', 'Same OS detected'],
    ['a newer major', 'debian', '13', 'debian', '12', 'disadvantage', 'Major OS version update: debian 12 → debian 13'],
    ['an older major', 'debian', '11', 'debian', '12', 'disadvantage', 'Older OS version: debian 12 → debian 11'],
    ['a patch', 'alpine', '3.18.9', 'alpine', '3.18.2', 'benefit', 'Minor OS version update: alpine 3.18.2 → alpine 3.18.9'],
    ['the next Alpine', 'alpine', '3.20.1', 'alpine', '3.18.2', 'disadvantage', 'Major OS version update: alpine 3.18.2 → alpine 3.20.1'],
  ])('speaks of %s', (_name, id, version, oldId, oldVersion, kind, text) => {
    expect(os.judge(on(id, version), on(oldId, oldVersion), now)).toMatchObject([{ kind, text }]);
  });

  it('speaks of another distribution', () => {
    const [found] = os.judge(on('alpine', '3.20'), on('debian', '12'), now);
    expect(found).toMatchObject({ kind: 'disadvantage', text: 'Another distribution: debian 12 → alpine 3.20' });
  });

  it('says nothing of an image that was not indexed', () => {
    expect(os.judge(base(), on('debian', '12'), now)).toEqual([]);
  });
});
