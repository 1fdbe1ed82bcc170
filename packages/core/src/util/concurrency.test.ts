import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mapConcurrent } from './concurrency.ts';

it('gives results in the order of the items, whichever ends first', async () => {
  expect(await mapConcurrent([30, 1, 15], 3, (time) => wait(time, time))).toEqual([30, 1, 15]);
});

it('has no more at work than allowed, and not fewer', async () => {
  let now = 0;
  let most = 0;
  await mapConcurrent(Array.from({ length: 10 }), 3, async () => {
    now += 1;
    most = Math.max(most, now);
    await wait(2);
    now -= 1;
  });
  expect(most).toBe(3);
});

it('ends with the first failure and begins nothing after it', async () => {
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await wait(item === 1 ? 1 : 20);
    if (item === 1) throw new Error('one failed');
  };
  await expect(mapConcurrent([0, 1, 2, 3, 4], 2, work)).rejects.toThrow('one failed');
  await wait(40);
  expect(begun).toEqual([0, 1]);
});

it('maps nothing to nothing', async () => {
  expect(await mapConcurrent([], 3, async () => 1)).toEqual([]);
});
