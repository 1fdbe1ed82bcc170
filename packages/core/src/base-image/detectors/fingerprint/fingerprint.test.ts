import type { Package } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { findHierarchy } from '../../hierarchy.ts';
import { image, indexOf } from '../../shared/image.fixture.ts';
import { packageKey } from '../../shared/likeness.ts';

const names = (prefix: string, count: number, version = '1') =>
  Array.from({ length: count }, (_, number) => ({ type: 'deb', name: `${prefix}${number}`, version }) as unknown as Package);
const debian = image('debian:12', ['rootfs']);
const python = image('python:3.12', ['rootfs', 'python']);
const squashed = image('squashed:1', ['everything']);
const distro = { id: 'debian', version: '12', name: 'Debian 12', like: [] };

function hierarchy(packages: readonly Package[], release = 'debian 12') {
  const fingerprints = [
    { digest: debian.digest, distro: release, packages: new Set(names('base', 20).map(packageKey)) },
    { digest: python.digest, distro: release, packages: new Set([...names('base', 20), ...names('py', 10)].map(packageKey)) },
  ];
  return findHierarchy(squashed, indexOf(debian, python), { distro, packages, fingerprints: () => fingerprints });
}

describe('fingerprint', () => {
  it('finds the largest image whose packages are here, and says how alike they are', () => {
    const [link] = hierarchy([...names('base', 20), ...names('py', 10), ...names('app', 3)]);
    expect(link).toMatchObject({ candidates: ['python:3.12'], confidence: 'guessed', layers: [0, -1], evidence: [{ similarity: 1 }] });
  });

  it('finds one of which a few packages were upgraded', () => {
    const [link] = hierarchy([...names('base', 18), ...names('app', 3)]);
    expect(link).toMatchObject({ candidates: ['debian:12'], evidence: [{ similarity: 0.9, detail: expect.stringContaining('90 %') }] });
  });

  it.each([
    ['too much differs', names('base', 15), 'debian 12'],
    ['the release is another one', names('base', 20), 'debian 11'],
    ['the versions are others', names('base', 20, '2'), 'debian 12'],
    ['there is next to nothing', names('base', 3), 'debian 12'],
  ])('claims nothing where %s', (_, packages, release) => {
    expect(hierarchy([...packages, ...names('app', 1)], release)).toHaveLength(1);
  });

  it('does not take the same base at another time for a base', () => {
    expect(hierarchy([...names('base', 19), ...names('base', 20, '2').slice(19)])).toHaveLength(1);
    expect(hierarchy(names('base', 20))).toHaveLength(1);
  });

  it('is not asked where layers tell', () => {
    const built = image('mine:1', ['rootfs', 'app']);
    const links = findHierarchy(built, indexOf(debian), {
      distro,
      packages: [],
      fingerprints: () => {
        throw new Error('asked');
      },
    });
    expect(links).toHaveLength(2);
  });
});
