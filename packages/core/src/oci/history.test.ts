import type { Digest } from '@plimsoll/model';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../util/hash.ts';
import { chainIds } from './chain-id.ts';
import { joinHistory } from './history.ts';

const digest = (name: string): Digest => sha256(name);
const stored = (...names: readonly string[]) => {
  const diffIds = names.map((name) => digest(`tar of ${name}`));
  return {
    descriptors: names.map((name, size) => ({ mediaType: '', digest: digest(name), size })),
    diffIds,
    chainIds: chainIds(diffIds, sha256),
  };
};
const entry = (createdBy: string, emptyLayer = false) => ({ createdBy, emptyLayer });

describe('chainIds', () => {
  it('the first is its diffID, the next the digest of the chain below, a space, and its diffID', () => {
    const [a, b, c] = [digest('a'), digest('b'), digest('c')];
    expect(chainIds([a, b, c], sha256)).toEqual([a, sha256(`${a} ${b}`), sha256(`${sha256(`${a} ${b}`)} ${c}`)]);
  });

  it('agrees with sha256sum', () => {
    const diffIds = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`] as const;
    expect(chainIds(diffIds, sha256)[1]).toBe(CHAIN_OF_ONES_AND_TWOS);
  });

  it('of nothing there is none', () => {
    expect(chainIds([], sha256)).toEqual([]);
  });
});

const CHAIN_OF_ONES_AND_TWOS = 'sha256:9932074217c35353d2e03a3f5a86549f7c67bfeb0ba53e23d69f4d4c8f7958f5';

describe('joinHistory', () => {
  it('entries that are not empty take the layers in order', () => {
    const layers = stored('one', 'two');
    const joined = joinHistory([entry('ADD'), entry('ENV', true), entry('RUN'), entry('CMD', true)], layers);
    expect(joined.reliable).toBe(true);
    expect(joined.layers).toEqual([
      {
        index: 0,
        createdBy: 'ADD',
        emptyLayer: false,
        digest: digest('one'),
        size: 0,
        diffId: layers.diffIds[0],
        chainId: layers.chainIds[0],
      },
      { index: 1, createdBy: 'ENV', emptyLayer: true },
      {
        index: 2,
        createdBy: 'RUN',
        emptyLayer: false,
        digest: digest('two'),
        size: 1,
        diffId: layers.diffIds[1],
        chainId: layers.chainIds[1],
      },
      { index: 3, createdBy: 'CMD', emptyLayer: true },
    ]);
  });

  it.each([
    ['no history', []],
    ['too short a history', [entry('ADD')]],
    ['too long a history', [entry('ADD'), entry('RUN'), entry('RUN')]],
    ['a history of empty layers only', [entry('ENV', true), entry('CMD', true)]],
  ])('%s: layers stand without instructions, and it says so', (_, history) => {
    const joined = joinHistory(history, stored('one', 'two'));
    expect(joined.reliable).toBe(false);
    expect(joined.layers.map(({ index, createdBy, digest: of }) => [index, createdBy, of])).toEqual([
      [0, '', digest('one')],
      [1, '', digest('two')],
    ]);
  });

  it('an image without layers is as its history says', () => {
    expect(joinHistory([], stored())).toEqual({ layers: [], reliable: true });
    expect(joinHistory([entry('CMD', true)], stored())).toMatchObject({ layers: [{ createdBy: 'CMD' }], reliable: true });
  });
});
