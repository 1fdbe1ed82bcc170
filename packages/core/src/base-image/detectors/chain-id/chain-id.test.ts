import { describe, expect, it } from 'vitest';
import { FACTS, image, indexOf } from '../../shared/image.fixture.ts';
import { chainId } from './index.ts';

const debian = image('debian:12', ['rootfs', '(CMD)']);
const python = image('python:3.12', ['rootfs', '(CMD)', 'python', '(ENV)']);
const mine = image('mine:1', ['rootfs', '(CMD)', 'python', '(ENV)', 'app']);
const namesFound = (...known: readonly ReturnType<typeof image>[]) =>
  chainId.detect(mine, indexOf(...known), FACTS).map(({ records }) => records.map(({ name }) => name));

describe('chain-id', () => {
  it('finds every image whose layers are the first ones', () => {
    expect(namesFound(debian, python)).toEqual([['debian:12'], ['python:3.12']]);
  });

  it('does not take the image for its own base', () => {
    expect(namesFound(mine, image('mine:2', ['rootfs', '(CMD)', 'python', '(ENV)', 'app']))).toEqual([]);
  });

  it('does not take an image with the same layers in another order', () => {
    expect(namesFound(image('other:1', ['python', 'rootfs']))).toEqual([]);
  });

  it('tells images with the same layers apart by their history', () => {
    const [found] = chainId.detect(mine, indexOf(debian, image('debian:other', ['rootfs', '(CMD other)', '(ENV other)'])), FACTS);
    expect(found).toMatchObject({ layerCount: 1, historyCount: 2 });
    expect(found?.records.map(({ name }) => name)).toEqual(['debian:12', 'debian:other']);
  });

  it('finds a base that an image adds nothing but settings to', () => {
    const settings = image('mine:1', ['rootfs', '(CMD)', '(ENV mine)']);
    expect(chainId.detect(settings, indexOf(debian), FACTS)).toMatchObject([{ layerCount: 1, historyCount: 2 }]);
  });
});
