import { describe, expect, it } from 'vitest';
import { findHierarchy } from '../../hierarchy.ts';
import { image, indexOf } from '../../shared/image.fixture.ts';

const distro = { id: 'debian', version: '11', name: 'Debian GNU/Linux 11 (bullseye)', like: [] };
const CMD = '(/bin/sh -c #(nop)  CMD ["bash"])';
function hierarchy(words: readonly string[], facts: { readonly distro?: typeof distro } = { distro }, reliable = true) {
  const built = image('mine:1', words, { historyReliable: reliable });
  const layers = built.layers.map((layer) => ({ ...layer, createdBy: layer.createdBy.replace(/^\((.*)\)$/, '$1') }));
  return findHierarchy({ ...built, layers }, indexOf(), { packages: [], fingerprints: () => [], ...facts });
}

describe('history', () => {
  it('guesses a distribution where its one layer is followed by a command and more layers', () => {
    expect(hierarchy(['rootfs', CMD, 'app'])).toMatchObject([
      { candidates: ['probably debian:11'], layers: [0, 1], confidence: 'guessed', evidence: [{ detector: 'history' }] },
      { self: true, layers: [2, 2] },
    ]);
  });

  it('names no image where several layers come before', () => {
    expect(hierarchy(['rootfs', CMD, 'python', CMD, 'app'])[0]).toMatchObject({ candidates: ['an image on debian:11'], layers: [0, 3] });
  });

  it.each([
    ['nothing follows the command', hierarchy(['rootfs', CMD])],
    ['there is no command', hierarchy(['rootfs', 'app'])],
    ['the distribution is not known', hierarchy(['rootfs', CMD, 'app'], {})],
    ['the history is not reliable', hierarchy(['rootfs', CMD, 'app'], { distro }, false)],
  ])('guesses nothing where %s', (_, links) => {
    expect(links).toHaveLength(1);
  });
});
