import { packageTypes } from '@plimsoll/model';
import { expect, it } from 'vitest';
import { catalogers } from '../../packages/core/src/catalog/registry.ts';
import { ecosystemsPage } from '../../tools/ecosystems.ts';
import { readSource } from './sources.ts';

it('docs/reference/ecosystems.md is as the modules make it (else: npm run ecosystems)', () => {
  expect(readSource('docs/reference/ecosystems.md').text).toBe(ecosystemsPage());
});

it('every type of package is found by a cataloger', () => {
  const found = new Set(catalogers.flatMap(({ types }): readonly string[] => types));
  expect(packageTypes.filter((type) => !found.has(type))).toEqual([]);
});
