import { standardReports } from '@plimsoll/testkit';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../output/style.ts';
import { useFake } from '../../test-support/use.ts';
import { packages } from './index.ts';

interface Json {
  readonly packages: readonly { readonly name: string }[];
  readonly hidden: readonly { readonly name: string }[];
}
const style = createStyle(false);

describe('packages', () => {
  it('gives the members that others build on', async () => {
    const { json } = await packages('rich', {}, useFake());
    const { inventory } = standardReports.rich;
    expect(json).toEqual({
      image: inventory.image,
      distro: inventory.distro,
      packages: inventory.packages,
      hidden: inventory.hidden,
      coverage: inventory.coverage,
    });
  });

  it.each([
    ['by type', { type: ['pypi,npm'] }, ['@shop/cart', 'lodash', 'six'], ['minimist']],
    ['by layer', { layer: '0' }, ['libc6', 'perl-base'], ['libssl1.1']],
    ['by both', { layer: '2-4', type: ['deb'] }, ['python3-six'], []],
  ])('chosen %s', async (_, options, expected, hidden) => {
    const json = (await packages('rich', options, useFake())).json as Json;
    expect(json.packages.map(({ name }) => name)).toEqual(expected);
    expect(json.hidden.map(({ name }) => name)).toEqual(hidden);
  });

  it('shows who brought each, and hidden ones when asked', async () => {
    const plain = (await packages('rich', {}, useFake())).table(style);
    expect(plain).toMatch(/^lodash +4\.17\.11 +npm +MIT +4 {2}this image$/m);
    expect(plain).toMatch(/^7 packages$/m);
    expect(plain).not.toContain('minimist');
    const all = (await packages('rich', { hidden: true }, useFake())).table(style);
    expect(all).toMatch(/^minimist +1\.2\.0 +4 +6 {2}removed$/m);
    expect(all).toMatch(/^libssl1\.1 +1\.1\.1n-0\+deb11u3 +0 +5 {2}1\.1\.1n-0\+deb11u5$/m);
  });

  it('does not say zero where nothing was identified', async () => {
    expect((await packages('empty', {}, useFake())).table(style)).toContain('No packages were identified.');
  });
});
