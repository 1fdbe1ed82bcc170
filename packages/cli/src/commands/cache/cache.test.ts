import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { cacheUsage, pruneCache } from './index.ts';

it('cache says what it holds, and empties it', async () => {
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'plimsoll-cache-'));
  const folder = path.join(cacheDir, 'layers');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'a.json.zst'), 'x'.repeat(1500));
  const use = useFake();
  const here = { ...use, environment: { ...use.environment, cacheDir } };

  const before = await cacheUsage(here);
  const freed = await pruneCache(here);
  const after = await cacheUsage(here);

  expect(before.json).toEqual({ folder, layers: 1, bytes: 1500 });
  expect(before.table(createStyle(false))).toBe(`1 layer, 1.5 kB in ${folder}`);
  expect(freed.json).toEqual({ freed: { layers: 1, bytes: 1500 } });
  expect(after.json).toMatchObject({ layers: 0, bytes: 0 });
  expect(readdirSync(folder)).toEqual([]);
});
