import { describe, expect, it } from 'vitest';
import type { PackageDraft, SignedFinding } from '../catalog/types.ts';
import { createLicenses } from './licenses.ts';
import { createLives } from './lives.ts';

const file = (path: string, ...findings: readonly SignedFinding[]) => ({ path, findings });
const deb: PackageDraft = { type: 'deb', name: 'tzdata', version: '2024a', licenses: [] };

describe('licences', () => {
  const licensesOf = createLicenses([
    file('var/lib/dpkg/status', { kind: 'package', by: 'dpkg', draft: deb }),
    file('usr/share/doc/tzdata/copyright', { kind: 'licenses', by: 'dpkg', package: 'tzdata', licenses: ['public-domain'] }),
  ]);

  it.each([
    ['of another file', deb, ['public-domain']],
    ['that nobody tells', { ...deb, name: 'base-files' }, []],
    ['of its own before those of another file', { ...deb, licenses: ['MIT'] }, ['MIT']],
    ['not of a Debian package that has its name', { ...deb, type: 'npm' as const }, []],
  ])('of a package are those %s', (_name, draft, expected) => {
    expect(licensesOf(draft)).toEqual(expected);
  });
});

describe('a package that two files tell of', () => {
  it('has the draft with an origin', () => {
    const lives = createLives();
    const origin = { name: 'timezones', version: '2024a' };
    lives.put(file('var/lib/chisel/manifest.wall', { kind: 'package', by: 'dpkg', draft: deb }), 0);
    lives.put(file('var/lib/dpkg/status.d/tzdata', { kind: 'package', by: 'dpkg', draft: { ...deb, origin } }), 0);
    lives.endLayer(0);
    expect([...lives.live.values()]).toMatchObject([{ path: 'var/lib/dpkg/status.d/tzdata', draft: { origin } }]);
  });
});
